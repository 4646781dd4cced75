package dev.catseye.alarmlevel;

/**
 * Which obstacles of the ground truth count: those that an alarm could be expected of. Ours; the
 * defaults are the smallest region and the window of frames of the service's alarm rule ({@code
 * alarm.min-area-px}, {@code alarm.frames}).
 *
 * @param leastPx anomaly pixels of the label plane from which a frame shows the obstacle, 1 or more
 * @param leastFrames such frames from which the obstacle counts, 1 or more
 */
public record ObstacleRule(int leastPx, int leastFrames) {
  /** 64 pixels in 5 frames. */
  public static final ObstacleRule DEFAULT = new ObstacleRule(64, 5);

  public ObstacleRule {
    if (leastPx < 1 || leastFrames < 1) {
      throw new IllegalArgumentException(
          "obstacles of %d px in %d frames, both must be 1 or more"
              .formatted(leastPx, leastFrames));
    }
  }
}
