package dev.catseye.perceive;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;

/** Knows what waits behind the frame that is worked on. Called by several threads. */
@FunctionalInterface
public interface Backlog {
  /**
   * Whether a newer frame already waits: of the same camera and boot, with a higher sequence,
   * behind {@code origin} on its partition. False when nobody knows.
   *
   * @param untilMillis counts only frames appended to their topic by then, since 1970-01-01 UTC
   */
  boolean newerWaits(Origin origin, FrameId frame, long untilMillis);
}
