package dev.catseye.parity;

import dev.catseye.bundle.Bundle;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.image.RgbPlane;
import dev.catseye.tools.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A bundle against a kit: every stage on golden inputs, then the fused graph on the picture. */
public final class Parity {
  /** The plan that a kit of the light pipeline shows. */
  static final String PLAN = "synboost-light";

  /** Its score, float32. */
  static final String SCORE = PLAN + ".score";

  /** Number of times that {@link Watcher#step} is called. */
  public static final int STEPS = StageParity.STAGES.size() + 3;

  private Parity() {}

  /** Is told how far a run is. */
  public interface Watcher {
    /**
     * A step begins.
     *
     * @param done steps that are over
     */
    void step(int done, String name);

    /** A tensor was compared. */
    void found(Comparison comparison);
  }

  /**
   * Compares everything.
   *
   * @return all comparisons, in the order in which {@code watcher} was told
   * @throws ToolException if bundle and kit do not belong together
   * @throws dev.catseye.bundle.ModelException if a graph cannot be loaded
   * @throws dev.catseye.detect.InferenceException if the runtime fails
   */
  public static List<Comparison> run(
      Bundle bundle, Kit kit, RgbPlane frame, RuntimeConfig config, Watcher watcher) {
    StageParity.STAGES.forEach(name -> StageParity.stage(bundle, name)); // before anything runs
    List<Comparison> all = new ArrayList<>();
    Consumer<Comparison> found =
        comparison -> {
          all.add(comparison);
          watcher.found(comparison);
        };
    StageParity stages = new StageParity(bundle, kit, config, found);
    int done = 0;
    watcher.step(done++, "segmentation");
    stages.segmentation(frame);
    watcher.step(done++, "synthesis");
    stages.synthesis();
    watcher.step(done++, "perceptual");
    stages.perceptual();
    watcher.step(done++, "dissimilarity");
    stages.dissimilarity();
    watcher.step(done++, "enlarge");
    Enlarged.compare(kit, found);
    watcher.step(done++, "fused graph");
    FusedParity fused = FusedParity.run(bundle, kit, frame, config, found);
    watcher.step(done, "labels of the fused graph");
    fused.compare(stages.labelsOf(fused.semantic()));
    return List.copyOf(all);
  }
}
