package dev.catseye.evaluate;

import java.util.Optional;

/**
 * Metrics with all that they were computed from.
 *
 * @param settings how they were computed
 * @param pooled metrics over the pixels of all frames; empty without anomaly or normal pixels
 * @param imageMean mean over frames; empty when not asked for, or no frame has both kinds of pixels
 * @param frames frames added
 * @param pixels pixels of those frames
 */
public record EvaluationResult(
    EvaluationSettings settings,
    Optional<PixelMetrics> pooled,
    Optional<ImageMean> imageMean,
    Frames frames,
    Pixels pixels) {

  /**
   * Frames by what their labels hold.
   *
   * @param scored all frames added
   * @param withoutTruth of these, frames all of whose pixels are void
   * @param withoutAnomaly of these, frames with normal pixels and no anomaly pixel; they count
   */
  public record Frames(int scored, int withoutTruth, int withoutAnomaly) {}

  /**
   * Pixels by what their labels say.
   *
   * @param anomaly valid pixels that ground truth calls anomaly
   * @param normal valid pixels that ground truth calls normal
   * @param voids pixels that are not judged
   * @param clamped valid pixels whose score a histogram moved to the end of its range
   */
  public record Pixels(long anomaly, long normal, long voids, long clamped) {}
}
