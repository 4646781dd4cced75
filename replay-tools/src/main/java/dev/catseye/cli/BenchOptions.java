package dev.catseye.cli;

import dev.catseye.bench.Bench;
import dev.catseye.bench.BenchConfig;
import dev.catseye.bench.BenchFrame;
import dev.catseye.bench.Measurement;
import dev.catseye.bundle.Bundle;
import dev.catseye.detect.Provider;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every bench can be told, and how it runs. */
final class BenchOptions {
  private static final int MAX_RUNS = 10_000;
  private static final int MAX_THREADS = 256;
  private static final int CPU_RUNS = 20;
  private static final int GPU_RUNS = 100;

  /** What the networks are shown: one of these, or noise of the size they work at. */
  static final class Frame {
    @Option(
        names = "--size",
        paramLabel = "WxH",
        converter = FrameSizes.class,
        description = "Score noise of this size (default: the size the segmentation works at).")
    private Optional<FrameSizes.Size> size;

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        description = "Score this JPEG, PNG or WebP file instead.")
    private Optional<Path> picture;

    private Optional<BenchFrame> read() throws IOException {
      if (picture.isPresent()) {
        return Optional.of(BenchFrame.read(picture.get()));
      }
      return size.map(sides -> BenchFrame.noise(sides.width(), sides.height()));
    }
  }

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "BUNDLE",
      description = "Folder or zip with the networks, written with --modules.")
  private Path bundle;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "Counted runs (default: " + CPU_RUNS + " on the CPU, " + GPU_RUNS + " elsewhere).")
  private Optional<Integer> runs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute a frame (default: one per core).")
  private Optional<Integer> threads;

  @Option(
      names = "--provider",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      description = "Where to compute (default: ${DEFAULT-VALUE}).")
  private Provider provider;

  @ArgGroup private Frame frame = new Frame();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file, too, with every run's time.")
  private Optional<Path> json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  /** Measures, then prints and writes what came out. */
  int run(
      CommandLine command,
      Function<Measurement, String> table,
      Function<Measurement, String> asJson)
      throws Exception {
    BenchConfig config = config(command);
    json.ifPresent(file -> JsonTarget.check(command, file));
    Measurement measured = StopSignal.interrupts(() -> measure(command, config));
    command.getOut().print(table.apply(measured));
    command.getOut().flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), asJson.apply(measured));
    }
    return ExitCode.DONE;
  }

  private BenchConfig config(CommandLine command) throws IOException {
    int count = runs.orElse(provider == Provider.CPU ? CPU_RUNS : GPU_RUNS);
    checkRange(command, "--runs", count, MAX_RUNS);
    int workers = threads.orElse(Runtime.getRuntime().availableProcessors());
    checkRange(command, "--threads", workers, MAX_THREADS);
    return new BenchConfig(new RuntimeConfig(provider, false, workers), count, frame.read());
  }

  private Measurement measure(CommandLine command, BenchConfig config) throws InterruptedException {
    Bundle networks = Bundle.open(bundle);
    try (ProgressBar progress =
        new ProgressBar(
            command.getErr(),
            !quiet && ProgressBar.watched(),
            "bench",
            Bench.steps(config.runs()))) {
      return Bench.measure(networks, config, progress);
    }
  }

  private static void checkRange(CommandLine command, String name, int value, int max) {
    check(command, value >= 1 && value <= max, "%s %d outside [1, %d]".formatted(name, value, max));
  }

  private static void check(CommandLine command, boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(command, message);
    }
  }
}
