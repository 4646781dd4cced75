package dev.catseye.cli;

import dev.catseye.demo.Demo;
import dev.catseye.service.Installation;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.StopSignal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye demo}: the whole product in one command. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start a broker and the service on this machine, replay a drive at the pace it "
          + "was recorded, show alarms as they happen, and end with quality, latency and "
          + "the verdict of the checker.",
      "Report, logs and overlay pictures stay in the run folder, nothing else does."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:verdict PASS, every frame DETECTED",
      "1:failed, or the verdict is FAIL",
      "2:bad usage",
      "3:verdict PASS, but some frames were not DETECTED",
      "4:the verdict is UNKNOWN",
      "130:stopped by Ctrl-C"
    },
    footer = {"%nExample:", "  catseye demo --frames 30"})
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--frames", paramLabel = "N", description = "Send the first N frames only.")
  private Optional<Integer> frames;

  @Option(
      names = "--drive",
      paramLabel = "DIR",
      description = "Another drive, in Lost & Found layout with gtCoarse labels and times.csv.")
  private Optional<Path> drive;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description = "Another model bundle (default: the one that is shipped).")
  private Optional<Path> bundle;

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      defaultValue = "run",
      description = "Folder that receives the run folder (default: ${DEFAULT-VALUE}).")
  private Path runs;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    if (frames.isPresent() && frames.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--frames %d, expected 1 or more".formatted(frames.get()));
    }
    return StopSignal.interrupts(this::run);
  }

  private int run() throws Exception {
    Installation installation = Installation.ofThisProcess();
    Demo.Options options =
        new Demo.Options(
            drive.orElseGet(installation::demoDrive),
            bundle.orElseGet(installation::starterBundle),
            runs,
            frames,
            !quiet && ProgressBar.watched());
    Demo.Result result = new Demo(installation, options, spec.commandLine().getErr()).run();
    spec.commandLine().getOut().println("\n" + result.report());
    return switch (result.verdict()) {
      case PASS -> result.complete() ? ExitCode.DONE : ExitCode.LOSS;
      case FAIL -> ExitCode.FAILED;
      case UNKNOWN -> ExitCode.UNKNOWN;
    };
  }
}
