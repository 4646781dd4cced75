package dev.catseye.alarmlevel;

import java.util.Optional;

/**
 * What became of one obstacle of the ground truth.
 *
 * @param value label value of its pixels, 0 to 255
 * @param firstSequence sequence of the first frame that shows it
 * @param lastSequence sequence of the last frame that shows it
 * @param frames labelled frames that show it
 * @param countedFrames of these, frames with enough pixels by {@link ObstacleRule#leastPx}
 * @param detectedFrames of these, frames with a DETECTED mask
 * @param largestPx most pixels in one frame
 * @param counts whether an alarm could be expected, by {@link ObstacleRule}
 * @param left whether the drive goes on without it; its warning is else not known in full
 * @param warning of its first alarm; empty when it was missed
 */
public record ObstacleResult(
    int value,
    long firstSequence,
    long lastSequence,
    int frames,
    int countedFrames,
    int detectedFrames,
    int largestPx,
    boolean counts,
    boolean left,
    Optional<Warning> warning) {

  /** Whether an alarm met it. */
  public boolean alarmed() {
    return warning.isPresent();
  }
}
