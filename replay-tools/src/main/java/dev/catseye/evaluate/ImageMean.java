package dev.catseye.evaluate;

import java.util.Optional;

/**
 * Plain means of the metrics of single frames, as CAOS and SynthCP report them: each frame counts
 * the same, whatever its pixels. Not comparable with pooled figures. Source: hendrycks/anomaly-seg,
 * {@code eval_ood.py}: frames without an anomaly pixel, or without any other, are left out.
 *
 * @param frames frames that took part, 1 or more
 * @param averagePrecision mean AP, 0 to 1
 * @param auroc mean AUROC, 0 to 1
 * @param fpr95 mean FPR95, 0 to 1
 */
public record ImageMean(int frames, double averagePrecision, double auroc, double fpr95) {

  /** Sums up frame by frame. */
  static final class Builder {
    private final CompensatedSum averagePrecision = new CompensatedSum();
    private final CompensatedSum auroc = new CompensatedSum();
    private final CompensatedSum fpr95 = new CompensatedSum();
    private int frames;

    void add(PixelMetrics frame) {
      averagePrecision.add(frame.averagePrecision());
      auroc.add(frame.auroc());
      fpr95.add(frame.fpr95());
      frames++;
    }

    /** Empty when no frame took part. */
    Optional<ImageMean> build() {
      return frames == 0
          ? Optional.empty()
          : Optional.of(
              new ImageMean(
                  frames,
                  averagePrecision.value() / frames,
                  auroc.value() / frames,
                  fpr95.value() / frames));
    }
  }
}
