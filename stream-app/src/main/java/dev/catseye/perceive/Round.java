package dev.catseye.perceive;

import java.util.HashSet;
import java.util.Set;

/**
 * One round of the cameras of a partition: each is served once before one is served again. The
 * order of a partition is fixed, so while one camera is served the frames of the others behind it
 * grow old; without rounds they would be given up again and again. Used by one thread at a time.
 */
final class Round {
  private final Set<String> served = new HashSet<>();
  private long begunMillis = Long.MIN_VALUE; // before every frame: nothing was served yet

  /** A frame of the camera was served; its service began then. */
  void served(String camera, long sinceMillis) {
    if (begunMillis == Long.MIN_VALUE || !served.add(camera)) {
      served.clear();
      served.add(camera);
      begunMillis = sinceMillis;
    }
  }

  /** Whether the camera waits for its turn. */
  boolean waits(String camera) {
    return begunMillis != Long.MIN_VALUE && !served.contains(camera);
  }

  /** When the round began, milliseconds since 1970-01-01 UTC. */
  long begunMillis() {
    return begunMillis;
  }
}
