package dev.catseye.bench;

import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.ChainResult;
import dev.catseye.detect.Detection;
import dev.catseye.detect.HostTensor;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.detect.StageChain;
import dev.catseye.image.RgbPlane;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plans of one graph in two forms: as the fused graph, and as its stages in a row. Both take
 * the same frame from the heap and bring the same maps to the heap: every plan's anomaly map, and
 * the class map behind the first. Used by one thread.
 */
final class Forms {
  private final List<PlanSpec> plans;
  private final OnnxDetector detector; // borrowed
  private final StageChain chain; // borrowed
  private final RgbPlane frame;
  private final HostTensor tensor; // the frame once more, as stages take it

  /**
   * Both forms, loaded.
   *
   * @param plans all of one graph
   * @param detector for {@code plans}
   * @param chain for {@link #outputs} of {@code plans}
   */
  Forms(List<PlanSpec> plans, OnnxDetector detector, StageChain chain, RgbPlane frame) {
    this.plans = plans;
    this.detector = detector;
    this.chain = chain;
    this.frame = frame;
    this.tensor = HostTensor.of(frame);
  }

  /** Tensor names of what a detector gives for {@code plans}. */
  static Set<String> outputs(List<PlanSpec> plans) {
    Set<String> outputs = new LinkedHashSet<>();
    plans.forEach(plan -> outputs.add(plan.output()));
    plans.get(0).classMap().ifPresent(outputs::add);
    return outputs;
  }

  /** Runs the fused graph. */
  Answer fused() {
    Cost.Meter meter = new Cost.Meter();
    Detection detection = detector.detect(frame);
    Cost cost = meter.read();
    Map<String, HostTensor> maps = new LinkedHashMap<>();
    for (PlanSpec plan : plans) {
      maps.put(plan.output(), HostTensor.of(detection.anomaly().get(plan.name())));
    }
    plans
        .get(0)
        .classMap()
        .ifPresent(name -> maps.put(name, HostTensor.of(detection.classMap().orElseThrow())));
    return new Answer(maps, cost, Map.of());
  }

  /** Runs the stages, each on what the ones before it left in the runtime's memory. */
  Answer chained() {
    Cost.Meter meter = new Cost.Meter();
    ChainResult result = chain.run(tensor);
    return new Answer(result.outputs(), meter.read(), result.stageMicros());
  }
}
