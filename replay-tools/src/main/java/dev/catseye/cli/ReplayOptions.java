package dev.catseye.cli;

import dev.catseye.schemas.Topics;
import dev.catseye.send.Pace;
import dev.catseye.send.Replay;
import dev.catseye.send.ReplayReport;
import dev.catseye.send.TimePolicy;
import dev.catseye.source.CaptureTimes;
import dev.catseye.source.Drive;
import dev.catseye.source.Itinerary;
import dev.catseye.source.PlannedFrame;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every kind of replay can be told, and how it runs. */
final class ReplayOptions {
  private static final int SHOWN_REASONS = 20;
  private static final Duration USUAL_PERIOD = Duration.ofMillis(100); // Lost & Found tells none

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "recorded",
      converter = Paces.class,
      description =
          "recorded, xN (N times as fast), max, or N per second as in 10Hz (default: recorded).")
  private Pace pace;

  @Option(
      names = "--period",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "Time between two pictures when no file tells it (default: 100ms).")
  private Optional<Duration> period;

  @Option(
      names = "--times",
      paramLabel = "FILE",
      description =
          "CSV with the time of each picture in microseconds, headed "
              + "'frame,capture_micros' (since the first of its drive) or 'frame,captured_at' "
              + "(UTC). Default: times.csv in DIR, if it is there and no --period is given.")
  private Optional<Path> timesFile;

  @Option(
      names = "--time",
      paramLabel = "keep|restamp",
      defaultValue = "keep",
      description =
          "Capture times as recorded, or as if captured now (default: keep). A service in"
              + " profile live needs restamp, because it judges the age of frames.")
  private TimePolicy policy;

  @Option(
      names = "--camera",
      paramLabel = "ID",
      defaultValue = "front",
      description = "Camera of the frames (default: ${DEFAULT-VALUE}).")
  private String camera;

  @Option(
      names = "--cameras",
      paramLabel = "IDS",
      split = ",",
      description =
          "All cameras in the order of their partitions, as at `topics create` (default: Kafka's"
              + " hash of the name chooses).")
  private List<String> cameras = List.of();

  @Option(
      names = "--drive",
      paramLabel = "ID",
      description = "Drive of all frames (default: the name of each drive).")
  private Optional<String> drive;

  @Option(
      names = "--pass",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Added to boot ids, so that pictures sent before count as new frames.")
  private String pass;

  @Option(names = "--limit", paramLabel = "N", description = "Send the first N frames only.")
  private Optional<Integer> limit;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  /** Sends {@code drives}, whose times may lie in {@code folder}, and prints the report. */
  int run(CommandLine command, List<Drive> drives, Path folder) throws Exception {
    List<PlannedFrame> frames = plan(command, drives, folder);
    return StopSignal.interrupts(() -> send(command, frames));
  }

  private List<PlannedFrame> plan(CommandLine command, List<Drive> drives, Path folder)
      throws IOException {
    if (limit.isPresent() && limit.get() < 1) {
      throw new ParameterException(
          command, "--limit %d, expected 1 or more".formatted(limit.get()));
    }
    Duration gap = period.orElse(USUAL_PERIOD);
    try {
      List<PlannedFrame> frames =
          new Itinerary(camera, drive, pass, gap).frames(drives, times(folder));
      return frames.subList(0, Math.min(frames.size(), limit.orElse(frames.size())));
    } catch (IllegalArgumentException e) { // a name or a number that the records refuse
      throw new ParameterException(command, e.getMessage(), e);
    }
  }

  private CaptureTimes times(Path folder) throws IOException {
    Path beside = folder.resolve("times.csv");
    if (timesFile.isPresent()) {
      return CaptureTimes.read(timesFile.get());
    }
    return period.isEmpty() && Files.exists(beside)
        ? CaptureTimes.read(beside)
        : CaptureTimes.every(period.orElse(USUAL_PERIOD));
  }

  private int send(CommandLine command, List<PlannedFrame> frames) throws Exception {
    PrintWriter err = command.getErr();
    Topics topics = CameraList.topics(command, kafka, cameras);
    ReplayReport report;
    try (Cluster cluster = Cluster.connect(kafka.client());
        ProgressBar progress =
            new ProgressBar(err, !quiet && ProgressBar.watched(), "replay", frames.size())) {
      report = new Replay(cluster, topics, pace, policy, sent -> {}).send(frames, progress);
    }
    report.skipped().stream()
        .limit(SHOWN_REASONS)
        .forEach(reason -> err.println("skipped " + reason));
    if (report.skipped().size() > SHOWN_REASONS) {
      err.println("... and %d more".formatted(report.skipped().size() - SHOWN_REASONS));
    }
    report.lines().forEach(command.getOut()::println);
    if (report.stopped()) {
      return ExitCode.INTERRUPTED;
    }
    return report.complete() ? ExitCode.DONE : ExitCode.LOSS;
  }
}
