package dev.catseye.streambench;

import dev.catseye.tools.ToolException;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import java.util.List;

/** A way from a frame on its topic to a record that readers see. Used by one thread. */
interface Way {
  /** What was sent into it and came out of it. */
  MaskTape tape();

  /**
   * Cameras that begin to send into it.
   *
   * @param boot another one for each call
   */
  Cameras cameras(String boot, List<Picture> pictures, Beat beat);

  /**
   * Finds out whether its process still runs.
   *
   * @throws ToolException with its last words if it does not
   */
  void requireAlive() throws InterruptedException;

  /**
   * Waits until every frame is answered.
   *
   * @param patienceSeconds without any answer
   * @throws ToolException if the process is gone, or no answer comes for that long
   */
  default void awaitAnswers(int patienceSeconds) throws InterruptedException {
    long unanswered = tape().unanswered();
    for (int silent = 0; !tape().awaitAll(); silent++) {
      requireAlive();
      if (tape().unanswered() < unanswered) {
        unanswered = tape().unanswered();
        silent = 0;
      }
      if (silent >= patienceSeconds) {
        throw new ToolException(
            "%d frames have no outcome, and none came for %d s"
                .formatted(unanswered, patienceSeconds));
      }
    }
  }
}
