package dev.catseye.detect;

import dev.catseye.image.RgbPlane;
import java.util.List;

/** Scores several frames in one run. The seam at which tests and benches put a stand-in. */
public interface BatchDetector {
  /** False where a run takes but one frame. */
  boolean takesBatches();

  /**
   * Scores frames in one run. Called by one thread at a time.
   *
   * @param frames at least one, all of one size; one where the graph takes no batches
   * @throws InferenceException if the run fails, and with it every frame of it
   */
  Answers run(List<RgbPlane> frames);

  /**
   * Ends the run in progress as soon as its current node is done; it then fails and the next one is
   * not touched. Does nothing without a run. Called by any thread.
   */
  void terminate();
}
