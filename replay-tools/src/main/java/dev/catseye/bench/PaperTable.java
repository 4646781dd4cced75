package dev.catseye.bench;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The times that SynBoost's paper gives for its light networks, by the names of our stages.
 *
 * <p>Source: Di Biase, Blum, Siegwart, Cadena: Pixel-wise Anomaly Detection in Complex Driving
 * Scenes, CVPR 2021, supplement, Table 5, column "Light" (facts/synboost.md 5.2): mean of 100
 * frames on a GTX 1080 Ti. The sizes that its network code really has: facts/synboost.md 1.1, steps
 * 8 to 12.
 */
final class PaperTable {
  /** The plan whose networks the paper timed. */
  private static final String PLAN = "synboost-light";

  static final String DEVICE = "GTX 1080 Ti";
  static final int FRAMES = 100;
  private static final int TOTAL_MS = 175;

  /** What a reader must know before comparing. */
  static final String NOTE =
      "the paper's table says 1024x512 for the synthesis, its code runs 512x256";

  private static final Map<String, Integer> STAGE_MS =
      Map.of("segmentation", 47, "synthesis", 62, "perceptual", 13, "dissimilarity", 53);

  private PaperTable() {}

  /** Whether the paper timed a plan of the graph. */
  static boolean tells(Measurement measured) {
    return measured.setting().plans().contains(PLAN);
  }

  /** Time of the four networks, milliseconds; empty where the graph has others besides. */
  static OptionalInt totalMs(Measurement measured) {
    boolean same = tells(measured) && measured.stages().keySet().equals(STAGE_MS.keySet());
    return same ? OptionalInt.of(TOTAL_MS) : OptionalInt.empty();
  }

  /** Mean time of a stage, milliseconds. */
  static OptionalInt stageMs(String stage) {
    Integer ms = STAGE_MS.get(stage);
    return ms == null ? OptionalInt.empty() : OptionalInt.of(ms);
  }
}
