package dev.catseye.parity;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.StageSpec;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.detect.HostTensor;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.detect.Stage;
import dev.catseye.image.RgbPlane;
import dev.catseye.tools.ToolException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Every stage of a bundle on golden inputs, so that what one gets wrong does not blur the next. One
 * stage is in memory at a time.
 */
final class StageParity {
  /** The stages that are run. */
  static final List<String> STAGES =
      List.of("segmentation", "synthesis", "perceptual", "dissimilarity");

  private final Bundle bundle;
  private final Kit kit;
  private final RuntimeConfig config;
  private final Consumer<Comparison> found;
  private final Tolerances tolerances;
  private final Map<String, HostTensor> given = new HashMap<>(); // inputs of stages, by name

  /**
   * @param found is told each comparison as it is made
   */
  StageParity(Bundle bundle, Kit kit, RuntimeConfig config, Consumer<Comparison> found) {
    this.bundle = bundle;
    this.kit = kit;
    this.config = config;
    this.found = found;
    this.tolerances = kit.tolerances();
    given.put("semantic", kit.golden("class_map"));
    given.put("entropy", kit.golden("E8"));
    given.put("distance", kit.golden("D8"));
    given.put("synthesis", kit.golden("S8"));
    given.put("perceptual", kit.golden("P8"));
  }

  /** From the picture; what it hands on of it is kept for the stages that take it. */
  void segmentation(RgbPlane frame) {
    given.put(StageSpec.FRAMES.name(), HostTensor.of(frame));
    Map<String, HostTensor> outputs = run("segmentation");
    HostTensor logits = output("segmentation", outputs, "logits");
    compare("segmentation", "logits", Samples.every(kit.logitsStep(), logits));
    compare("segmentation", "class_map", output("segmentation", outputs, "class_map"));
    compare("segmentation", "E8", output("segmentation", outputs, "entropy"));
    compare("segmentation", "D8", output("segmentation", outputs, "distance"));
    SoftmaxExtremes extremes = SoftmaxExtremes.of(logits);
    compare("segmentation", "H_min", extremes.minEntropy());
    compare("segmentation", "H_max", extremes.maxEntropy());
    compare("segmentation", "r_min", extremes.minGap());
    compare("segmentation", "r_max", extremes.maxGap());
    given.put("picture", output("segmentation", outputs, "picture"));
  }

  /** From the golden class map. */
  void synthesis() {
    Map<String, HostTensor> outputs = run("synthesis");
    compare("synthesis", "label256", output("synthesis", outputs, "labels"));
    compare("synthesis", "edge", white(output("synthesis", outputs, "edges")));
    compare("synthesis", "S8", output("synthesis", outputs, "synthesis"));
  }

  /** From the picture and the golden synthesis; after the segmentation. */
  void perceptual() {
    Map<String, HostTensor> outputs = run("perceptual");
    HostTensor difference = output("perceptual", outputs, "difference");
    compare("perceptual", "V", difference);
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < difference.size(); i++) {
      min = Math.min(min, difference.at(i));
      max = Math.max(max, difference.at(i));
    }
    compare("perceptual", "V_min", min);
    compare("perceptual", "V_max", max);
    compare("perceptual", "P8", output("perceptual", outputs, "perceptual"));
  }

  /** From the picture and the golden maps; after the segmentation. */
  void dissimilarity() {
    Map<String, HostTensor> outputs = run("dissimilarity");
    compare("dissimilarity", "q", output("dissimilarity", outputs, "q"));
    compare("dissimilarity", "A", output("dissimilarity", outputs, Parity.SCORE));
  }

  /** Label ids and edges of a class map at working size, uint8 0 to 33 and 0 or 255. */
  Map<String, HostTensor> labelsOf(HostTensor semantic) {
    given.put("semantic", semantic);
    Map<String, HostTensor> outputs = run("synthesis");
    return Map.of(
        "label256",
        output("synthesis", outputs, "labels"),
        "edge",
        white(output("synthesis", outputs, "edges")));
  }

  /** Runs a stage on what is given under its inputs' names, sampled where a golden is larger. */
  private Map<String, HostTensor> run(String name) {
    StageSpec spec = stage(bundle, name);
    Map<String, HostTensor> inputs = new HashMap<>();
    for (TensorSpec input : spec.inputs()) {
      HostTensor tensor = given.get(input.name());
      if (tensor == null) {
        throw new ToolException(
            "stage %s takes '%s', which no golden stands for".formatted(name, input.name()));
      }
      inputs.put(input.name(), fitting(tensor, input));
    }
    try (Stage stage = Stage.open(bundle, spec, config)) {
      return stage.run(inputs).outputs();
    }
  }

  private static HostTensor fitting(HostTensor tensor, TensorSpec input) {
    return switch (input.layout()) {
      case NHW -> Samples.centres(tensor, input.width(), input.height());
      case NHWC, NCHW -> tensor;
    };
  }

  /** The stage of that name; kits are compared with those that SynBoost Light has. */
  static StageSpec stage(Bundle bundle, String name) {
    return bundle.stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ToolException(
                    "%s has no stage '%s'; import or compose the plan %s with --modules"
                        .formatted(bundle, name, Parity.PLAN)));
  }

  private static HostTensor output(String stage, Map<String, HostTensor> outputs, String name) {
    HostTensor tensor = outputs.get(name);
    if (tensor == null) {
      throw new ToolException("stage %s gives no '%s'".formatted(stage, name));
    }
    return tensor;
  }

  /** 255 for 1, as the kit's picture has it. */
  private static HostTensor white(HostTensor edges) {
    if (edges.type() != DataType.UINT8) {
      throw new ToolException("stage synthesis gives edges of " + edges + ", expected uint8");
    }
    byte[] bytes = new byte[edges.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (255 * edges.at(i));
    }
    return HostTensor.ofBytes(bytes, edges.shape());
  }

  private void compare(String stage, String tensor, HostTensor actual) {
    found.accept(
        Comparison.of(stage, tensor, actual, kit.golden(tensor), tolerances.stage(tensor)));
  }

  /** A number that the kit need not tell. */
  private void compare(String stage, String tensor, double actual) {
    OptionalDouble golden = kit.scalar(tensor);
    if (golden.isPresent()) {
      found.accept(
          Comparison.of(stage, tensor, actual, golden.getAsDouble(), tolerances.stage(tensor)));
    }
  }
}
