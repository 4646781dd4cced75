package dev.catseye.alarmlevel;

import dev.catseye.evaluate.FrameKey;
import java.util.Optional;

/** One alarm episode, as far as its steps lie on the topic. Used by one thread. */
final class Episode {
  /** What an episode turned out to be. */
  enum Kind {
    /** A box of it meets an obstacle. */
    TRUE,
    /** All its boxes were compared, and none meets an obstacle. */
    FALSE,
    /** No box meets an obstacle, and not all could be compared: a frame has no ground truth. */
    UNKNOWN
  }

  private Optional<FrameKey> firstShown = Optional.empty();
  private int shown;
  private int judged;
  private boolean meetsObstacle;
  private boolean inVoid = true;

  /** Notes a step that shows a box in {@code frame}. */
  void show(FrameKey frame) {
    firstShown = firstShown.or(() -> Optional.of(frame));
    shown++;
  }

  /**
   * Takes the verdict on one of these boxes.
   *
   * @param obstacle whether it meets an obstacle
   * @param voids whether more than half of its pixels are void
   */
  void judge(boolean obstacle, boolean voids) {
    judged++;
    meetsObstacle |= obstacle;
    inVoid &= voids;
  }

  /** The frame of its first box; empty when no step with a box is on the topic. */
  Optional<FrameKey> firstShown() {
    return firstShown;
  }

  Kind kind() {
    if (meetsObstacle) {
      return Kind.TRUE;
    }
    return shown > 0 && judged == shown ? Kind.FALSE : Kind.UNKNOWN;
  }

  /** Whether each of its boxes lies mostly where the ground truth says nothing. */
  boolean inVoid() {
    return inVoid;
  }
}
