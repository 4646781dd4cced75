package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Resampler;
import dev.catseye.tools.ToolException;

/**
 * Pixel metrics over many frames, added one by one in any order. Pixels are pooled over all frames;
 * each frame counts by its pixels. Not thread-safe.
 */
public final class Evaluation {
  private final EvaluationSettings settings;
  private final ScoreCounts pooled;
  private final ImageMean.Builder mean = new ImageMean.Builder();
  private int frames;
  private int withoutTruth;
  private int withoutAnomaly;
  private long voidPixels;

  public Evaluation(EvaluationSettings settings) {
    this.settings = settings;
    this.pooled = settings.mode().newCounts();
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
    long anomaliesBefore = pooled.anomalies();
    long normalsBefore = pooled.normals();
    FloatPlane fullSize = Resampler.pillowBicubic(scores, labels.width(), labels.height());
    if (settings.imageMean()) {
      ScoreCounts frame = pooled.fresh();
      count(name, fullSize, labels, meaning, frame);
      PixelMetrics.of(frame, settings.rule()).ifPresent(mean::add);
      pooled.merge(frame);
    } else {
      count(name, fullSize, labels, meaning, pooled);
    }
    boolean anomaly = pooled.anomalies() > anomaliesBefore;
    boolean normal = pooled.normals() > normalsBefore;
    frames++;
    withoutTruth += anomaly || normal ? 0 : 1;
    withoutAnomaly += normal && !anomaly ? 1 : 0;
  }

  private void count(
      String name, FloatPlane scores, BytePlane labels, LabelMeaning meaning, ScoreCounts counts) {
    float[] pixels = scores.toFloatArray();
    byte[] values = labels.toByteArray();
    for (int i = 0; i < values.length; i++) {
      LabelMeaning.Kind kind = meaning.of(values[i] & 0xff);
      if (!Float.isFinite(pixels[i])) {
        throw new ToolException(
            "frame %s: score %s at (%d, %d)"
                .formatted(name, pixels[i], i % labels.width(), i / labels.width()));
      }
      if (kind == LabelMeaning.Kind.VOID) {
        voidPixels++;
      } else {
        counts.add(pixels[i], kind == LabelMeaning.Kind.ANOMALY);
      }
    }
  }

  /** The result so far. */
  public EvaluationResult result() {
    return new EvaluationResult(
        settings,
        PixelMetrics.of(pooled, settings.rule()),
        mean.build(),
        new EvaluationResult.Frames(frames, withoutTruth, withoutAnomaly),
        new EvaluationResult.Pixels(
            pooled.anomalies(), pooled.normals(), voidPixels, pooled.clamped()));
  }
}
