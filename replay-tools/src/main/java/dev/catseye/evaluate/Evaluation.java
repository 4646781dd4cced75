package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Resampler;
import dev.catseye.tools.ToolException;
import java.util.Optional;

/**
 * Pixel metrics over many frames, added one by one in any order. Pixels are pooled over all frames;
 * each frame counts by its pixels. Not thread-safe.
 */
public final class Evaluation {
  private final CountMode mode;
  private final Fpr95Rule rule;
  private final ScoreCounts pooled;
  private final ImageMean.Builder mean = new ImageMean.Builder();
  private int frames;
  private int withoutTruth;
  private int withoutAnomaly;
  private long voidPixels;

  public Evaluation(CountMode mode, Fpr95Rule rule) {
    this.mode = mode;
    this.rule = rule;
    this.pooled = mode.newCounts();
  }

  /**
   * Adds one frame. A score map of another size than the labels is brought to their size by
   * Pillow's bicubic rule, unclipped; labels are never resized.
   *
   * @param name what messages call the frame
   * @param scores anomaly scores, high = anomalous
   * @param labels label value per pixel
   * @throws ToolException if a score is NaN or infinite
   */
  public void add(String name, FloatPlane scores, BytePlane labels, LabelMeaning meaning) {
    float[] fullSize =
        Resampler.pillowBicubic(scores, labels.width(), labels.height()).toFloatArray();
    byte[] values = labels.toByteArray();
    ScoreCounts frame = mode.newCounts();
    for (int i = 0; i < values.length; i++) {
      LabelMeaning.Kind kind = meaning.of(values[i] & 0xff);
      if (!Float.isFinite(fullSize[i])) {
        throw new ToolException(
            "frame %s: score %s at (%d, %d)"
                .formatted(name, fullSize[i], i % labels.width(), i / labels.width()));
      }
      if (kind == LabelMeaning.Kind.VOID) {
        voidPixels++;
      } else {
        frame.add(fullSize[i], kind == LabelMeaning.Kind.ANOMALY);
      }
    }
    addCounts(frame);
  }

  private void addCounts(ScoreCounts frame) {
    frames++;
    withoutTruth += frame.anomalies() + frame.normals() == 0 ? 1 : 0;
    withoutAnomaly += frame.anomalies() == 0 && frame.normals() > 0 ? 1 : 0;
    PixelMetrics.of(frame, rule).ifPresent(mean::add);
    pooled.merge(frame);
  }

  /** The result so far. */
  public EvaluationResult result() {
    Optional<PixelMetrics> metrics = PixelMetrics.of(pooled, rule);
    return new EvaluationResult(
        mode,
        rule,
        metrics,
        mean.build(),
        new EvaluationResult.Frames(frames, withoutTruth, withoutAnomaly),
        new EvaluationResult.Pixels(
            pooled.anomalies(), pooled.normals(), voidPixels, pooled.clamped()));
  }
}
