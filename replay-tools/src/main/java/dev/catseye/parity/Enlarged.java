package dev.catseye.parity;

import dev.catseye.detect.HostTensor;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Resampler;
import dev.catseye.tools.ToolException;
import java.util.function.Consumer;

/** The score at the size of the picture, by the rule with which evaluation enlarges it. */
final class Enlarged {
  private static final String STEP = "enlarge";

  private Enlarged() {}

  /** The map at the size of the kit's {@code final_f16}, float32 {@code [1, height, width]}. */
  static HostTensor of(FloatPlane map, Kit kit) {
    long[] size = kit.golden("final_f16").shape();
    return HostTensor.of(Resampler.pillowBicubic(map, (int) size[1], (int) size[0]));
  }

  /** Compares what becomes of the golden {@code A}. */
  static void compare(Kit kit, Consumer<Comparison> found) {
    HostTensor golden = kit.golden("A");
    long[] size = golden.shape();
    if (size.length != 2 || kit.golden("final_f16").shape().length != 2) {
      throw new ToolException("kit %s: A and final_f16 are no maps".formatted(kit.folder()));
    }
    float[] values = new float[golden.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = golden.at(i);
    }
    HostTensor enlarged = of(FloatPlane.owning((int) size[1], (int) size[0], values), kit);
    Tolerances tolerances = kit.tolerances();
    found.accept(
        Comparison.of(
            STEP,
            "final",
            Samples.every(kit.finalStep(), enlarged),
            kit.golden("final"),
            tolerances.stage("final")));
    found.accept(
        Comparison.of(
            STEP, "final_f16", enlarged, kit.golden("final_f16"), tolerances.stage("final_f16")));
  }
}
