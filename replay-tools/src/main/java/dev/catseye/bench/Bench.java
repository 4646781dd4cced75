package dev.catseye.bench;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.bundle.StageSpec;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.detect.StageChain;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.ToolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Runs the fused graph and its stages, chained, in turn, in one process, so that whatever else the
 * machine does meets both alike.
 */
public final class Bench {
  /** Runs of each that are not counted: the first ones allocate, and a GPU tries its algorithms. */
  static final int WARM_UP_RUNS = 2;

  private final Forms forms;
  private final Steps steps;

  private Bench(Forms forms, Steps steps) {
    this.forms = forms;
    this.steps = steps;
  }

  /** Steps of a progress bar for {@link #measure}. */
  public static int steps(int runs) {
    return 2 * (WARM_UP_RUNS + runs);
  }

  /**
   * Loads both, warms up, and times them: fused, chained, fused, and so on. Every pair of runs must
   * give the same maps.
   *
   * @param bundle borrowed for this call
   * @param progress borrowed; over {@link #steps} steps
   * @throws ToolException if the bundle has no stages, or they do not give what the fused graph
   *     gives
   * @throws dev.catseye.bundle.ModelException if a graph does not load, or the provider cannot be
   *     had
   * @throws dev.catseye.detect.InferenceException if the runtime fails
   * @throws InterruptedException if this thread was interrupted; seen between two runs
   */
  public static Measurement measure(Bundle bundle, BenchConfig config, ProgressBar progress)
      throws InterruptedException {
    if (bundle.stages().isEmpty()) {
      throw new ToolException(
          "%s has no stages to time; `catseye-models compose` and `import` keep them with --modules"
              .formatted(bundle));
    }
    List<PlanSpec> plans = List.of(bundle.defaultPlan()); // as the service does
    Steps steps = new Steps(progress, steps(config.runs()), System::nanoTime);
    steps.tell("loading the fused graph");
    try (OnnxDetector detector = detector(bundle, plans, config.runtime());
        StageChain chain = chain(bundle, plans, config.runtime(), steps)) {
      BenchFrame frame = config.frame().orElseGet(() -> noiseFor(chain.stages().get(0)));
      Bench bench = new Bench(new Forms(plans, detector, chain, frame.picture()), steps);
      bench.rounds(WARM_UP_RUNS, "warming up");
      OptionalDouble before = Machine.load();
      List<Round> rounds = bench.rounds(config.runs(), "run");
      Load load = new Load(before, Machine.load());
      String precision = bundle.graph(plans.get(0)).precision();
      return new Measurement(
          new Setting(detector.info(), precision, frame, Machine.here(), load), rounds);
    }
  }

  private static OnnxDetector detector(Bundle bundle, List<PlanSpec> plans, RuntimeConfig runtime) {
    return OnnxDetector.open(
        bundle,
        new DetectorConfig(
            runtime.provider(),
            runtime.allowCpu(),
            runtime.threads(),
            plans.stream().map(PlanSpec::name).toList(),
            Set.of()));
  }

  private static StageChain chain(
      Bundle bundle, List<PlanSpec> plans, RuntimeConfig runtime, Steps steps)
      throws InterruptedException {
    steps.tell("loading the stages");
    return StageChain.open(bundle, Forms.outputs(plans), runtime);
  }

  /** Noise of the size of the largest output of {@code stage}: its network needs no other. */
  private static BenchFrame noiseFor(StageSpec stage) {
    TensorSpec largest =
        stage.outputs().stream()
            .max(Comparator.comparingInt(output -> output.width() * output.height()))
            .orElseThrow();
    return BenchFrame.noise(largest.width(), largest.height());
  }

  private List<Round> rounds(int count, String what) throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      steps.begin("%s %d, fused".formatted(what, i));
      Answer fused = forms.fused();
      steps.begin("%s %d, chained".formatted(what, i));
      Answer chained = forms.chained();
      Agreement.require(fused, chained);
      rounds.add(new Round(fused.cost(), chained.cost(), chained.stageMicros()));
    }
    return rounds;
  }
}
