package dev.catseye.cli;

import dev.catseye.service.Installation;
import dev.catseye.streambench.Overhead;
import dev.catseye.streambench.OverheadConfig;
import dev.catseye.streambench.OverheadJson;
import dev.catseye.streambench.OverheadReport;
import dev.catseye.streambench.OverheadTable;
import dev.catseye.tools.StopSignal;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye bench overhead}: what the service adds to Kafka. */
@Command(
    name = "overhead",
    mixinStandardHelpOptions = true,
    description = {
      "Hold the service (perceive, profile live) against the least that a transactional consumer and producer"
          + " can do with the same settings, in turn, on one broker on this machine.",
      "It measures the time from publish to a visible record, and how many frames per second pass"
          + " at most. Frames are raw, so that no decoder is timed; the bundle should cost next to"
          + " nothing (onnx-models/authoring/tools/stated_cost.py --run-ms 0 --frame-ms 0 --size"
          + " 512x264).",
      "Topics take up to 100 MB for each second of measured rates in the temporary folder; they are"
          + " removed at the end."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and the verdict on the service is PASS",
      "1:failed, or the verdict is FAIL",
      "2:bad usage",
      "4:the verdict is UNKNOWN",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExample:",
      "  catseye bench overhead --bundle costs-nothing/ --runs 5 --json overhead.json"
    })
final class BenchOverheadCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private StreamOptions options;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "2",
      description = "Frames per second of each camera for latency (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = FrameSizes.class,
      defaultValue = "512x264",
      description = "Size of the frames (default: ${DEFAULT-VALUE}, 406 KB).")
  private FrameSizes.Size size;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Runs of each, in turn (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Length of each half of a run: latency, then rate (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--judge",
      description = "Have the service judge as well: alarms and health, with commits of their own.")
  private boolean judge;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.ofThisProcess();
    OverheadConfig config = config(installation);
    options.json().ifPresent(file -> JsonTarget.check(spec.commandLine(), file));
    OverheadReport report =
        StopSignal.interrupts(
            new Overhead(installation, config, options.progress(spec.commandLine()))::measure);
    spec.commandLine().getOut().print(OverheadTable.of(report));
    spec.commandLine().getOut().flush();
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), OverheadJson.of(report));
    }
    return ExitCode.of(report.verdict().word());
  }

  private OverheadConfig config(Installation installation) {
    try {
      return new OverheadConfig(
          options.bundle().orElse(installation.starterBundle()),
          options.cameras(),
          rate,
          size.width(),
          size.height(),
          runs,
          Duration.ofSeconds(seconds),
          judge,
          options.logs());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
