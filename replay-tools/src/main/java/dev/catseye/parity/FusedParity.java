package dev.catseye.parity;

import dev.catseye.bundle.Bundle;
import dev.catseye.detect.Detection;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.HostTensor;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The fused graph from the picture to the score, as a detector runs it. */
final class FusedParity {
  private static final String STEP = "fused";
  private static final Map<String, String> OUTPUTS = new LinkedHashMap<>(); // golden to output

  static {
    OUTPUTS.put("class_map", "class_map");
    OUTPUTS.put("E8", "entropy");
    OUTPUTS.put("D8", "distance");
    OUTPUTS.put("S8", "synthesis");
    OUTPUTS.put("P8", "perceptual");
    OUTPUTS.put("q", "q");
    OUTPUTS.put("A", Parity.SCORE);
  }

  private final Kit kit;
  private final Tolerances tolerances;
  private final Map<String, Plane> maps;
  private final Consumer<Comparison> found;

  private FusedParity(Kit kit, Map<String, Plane> maps, Consumer<Comparison> found) {
    this.kit = kit;
    this.tolerances = kit.tolerances();
    this.maps = maps;
    this.found = found;
  }

  /**
   * Runs the fused graph once.
   *
   * @param found is told each comparison as it is made
   */
  static FusedParity run(
      Bundle bundle, Kit kit, RgbPlane frame, RuntimeConfig config, Consumer<Comparison> found) {
    Set<String> names =
        Set.of(
            "class_map",
            "entropy",
            "distance",
            "semantic",
            "synthesis",
            "perceptual",
            "q",
            Parity.SCORE);
    DetectorConfig how =
        new DetectorConfig(
            config.provider(), config.allowCpu(), config.threads(), List.of(Parity.PLAN), names);
    try (OnnxDetector detector = OnnxDetector.open(bundle, how)) {
      Detection detection = detector.detect(frame);
      return new FusedParity(kit, detection.extras(), found);
    }
  }

  /** Class map at working size, uint8 {@code [1, height, width]}. */
  HostTensor semantic() {
    return HostTensor.of(maps.get("semantic"));
  }

  /**
   * Compares everything.
   *
   * @param labels {@code label256} and {@code edge} of {@link #semantic}: the graph keeps them to
   *     itself
   */
  void compare(Map<String, HostTensor> labels) {
    for (String map : List.of("class_map", "E8", "D8")) {
      compare(map, HostTensor.of(maps.get(OUTPUTS.get(map))));
    }
    compare("label256", labels.get("label256"));
    compare("edge", labels.get("edge"));
    for (String map : List.of("S8", "P8", "q", "A")) {
      compare(map, HostTensor.of(maps.get(OUTPUTS.get(map))));
    }
    HostTensor enlarged = Enlarged.of((FloatPlane) maps.get(Parity.SCORE), kit);
    found.accept(
        Comparison.of(
            STEP,
            "final",
            Samples.every(kit.finalStep(), enlarged),
            kit.golden("final"),
            tolerances.fused("final")));
  }

  private void compare(String tensor, HostTensor actual) {
    found.accept(Comparison.of(STEP, tensor, actual, kit.golden(tensor), tolerances.fused(tensor)));
  }
}
