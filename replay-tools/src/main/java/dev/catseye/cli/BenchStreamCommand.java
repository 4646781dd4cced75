package dev.catseye.cli;

import dev.catseye.service.Installation;
import dev.catseye.streambench.Batching;
import dev.catseye.streambench.StreamBench;
import dev.catseye.streambench.StreamBenchConfig;
import dev.catseye.streambench.StreamJson;
import dev.catseye.streambench.StreamReport;
import dev.catseye.streambench.StreamTable;
import dev.catseye.tools.StopSignal;
import dev.catseye.verify.RunProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye bench stream}: what the service does with more or less than it can do. */
@Command(
    name = "stream",
    mixinStandardHelpOptions = true,
    description = {
      "Start a broker, the service and cameras on this machine; measure how many frames per second"
          + " it can do, then send a multiple of that.",
      "The table has rates, outcomes, ages at the mask, runs by their frames, the memory of the"
          + " service, and the verdict of the checker over all frames.",
      "With --batching both, both settings are measured one after the other, each with a broker and"
          + " a service of its own."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and the verdict is PASS",
      "1:failed, or the verdict is FAIL",
      "2:bad usage",
      "4:the verdict is UNKNOWN",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExamples:",
      "  catseye bench stream --profile ledger --load 0.8",
      "  catseye bench stream --load 2 --batching both --json stream.json",
      "  catseye bench stream --load 2 --bundle stated-cost/ --seconds 60"
    })
final class BenchStreamCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StreamOptions options;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "live",
      description = "Profile of the service, live or ledger (default: ${DEFAULT-VALUE}).")
  private RunProfile profile;

  @Option(
      names = "--load",
      paramLabel = "F",
      defaultValue = "0.8",
      description = "Frames sent over frames that it can do (default: ${DEFAULT-VALUE}).")
  private double load;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Most frames of one run where batching is on (default: one per camera).")
  private Optional<Integer> batch = Optional.empty();

  /** What {@code --batching} takes. */
  enum Settings {
    ON,
    OFF,
    BOTH
  }

  @Option(
      names = "--batching",
      paramLabel = "on|off|both",
      defaultValue = "on",
      description =
          "on: --batch stream threads, and up to as many frames in one run; off: one of each"
              + " (default: ${DEFAULT-VALUE}).")
  private Settings batching;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "180",
      description = "Length of a measurement (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--saturated",
      paramLabel = "N",
      defaultValue = "20",
      description = "Seconds in which the capacity is measured (default: ${DEFAULT-VALUE}).")
  private int saturated;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.ofThisProcess();
    StreamBenchConfig config = config(installation);
    options.json().ifPresent(file -> JsonTarget.check(spec.commandLine(), file));
    StreamReport report =
        StopSignal.interrupts(
            () -> StreamBench.measure(installation, config, options.progress(spec.commandLine())));
    spec.commandLine().getOut().print(StreamTable.of(report));
    spec.commandLine().getOut().flush();
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), StreamJson.of(report));
    }
    return ExitCode.of(report.word());
  }

  private StreamBenchConfig config(Installation installation) {
    try {
      Path bundle = options.bundle().orElse(installation.starterBundle());
      return new StreamBenchConfig(
          profile,
          bundle,
          options.cameras(),
          batch.orElse(options.cameras()),
          switch (batching) {
            case ON -> List.of(Batching.ON);
            case OFF -> List.of(Batching.OFF);
            case BOTH -> List.of(Batching.ON, Batching.OFF);
          },
          load,
          Duration.ofSeconds(seconds),
          Duration.ofSeconds(saturated),
          options.logs());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
