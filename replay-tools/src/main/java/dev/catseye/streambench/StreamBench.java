package dev.catseye.streambench;

import dev.catseye.bench.Machine;
import dev.catseye.bundle.Bundle;
import dev.catseye.service.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Measures the stream in one setting after the other. */
public final class StreamBench {
  private StreamBench() {}

  /**
   * Measures; leaves no process behind, however it ends.
   *
   * @param say takes a line for each phase
   * @throws dev.catseye.tools.ToolException if broker or service fail
   * @throws dev.catseye.bundle.ModelException if the bundle is not sound
   */
  public static StreamReport measure(
      Installation installation, StreamBenchConfig config, Consumer<String> say)
      throws IOException, InterruptedException {
    Bundle bundle = Bundle.open(config.bundle());
    OptionalDouble before = Machine.load();
    List<StreamFigures> figures = new ArrayList<>();
    for (Batching batching : config.batchings()) {
      figures.add(new StreamRun(installation, config, batching, say).measure());
    }
    return new StreamReport(
        config,
        "%s %s".formatted(bundle.name(), bundle.version()),
        bundle.digest(),
        Machine.here(),
        before,
        Machine.load(),
        figures);
  }
}
