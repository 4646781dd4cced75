package dev.catseye.evaluate;

import java.util.Optional;

/**
 * Pixel metrics of one set of scores.
 *
 * @param anomalies anomaly pixels, 1 or more
 * @param normals normal pixels, 1 or more
 * @param averagePrecision AP, 0 to 1: the sum over descending distinct scores of (R_i - R_{i-1})
 *     P_i, not the trapezoid area under the curve
 * @param auroc area under the ROC curve by trapezoids over the distinct scores, 0 to 1
 * @param fpr95 false positive rate at 95 % true positive rate by {@code rule}, 0 to 1
 * @param fpr95Threshold score at which {@code fpr95} is read; for a histogram a bin's lower edge
 * @param fpr95Tpr true positive rate there, 0 to 1
 * @param fpr95Resolution share of the normal pixels that are tied at that threshold: how far {@code
 *     fpr95} of a histogram can lie above the exact figure
 * @param rule how the point was chosen
 */
public record PixelMetrics(
    long anomalies,
    long normals,
    double averagePrecision,
    double auroc,
    double fpr95,
    double fpr95Threshold,
    double fpr95Tpr,
    double fpr95Resolution,
    Fpr95Rule rule) {

  /**
   * Computes all metrics in one walk over the scores.
   *
   * @return empty when there is no anomaly pixel or no normal pixel: no curve exists then
   */
  public static Optional<PixelMetrics> of(ScoreCounts counts, Fpr95Rule rule) {
    if (counts.anomalies() == 0 || counts.normals() == 0) {
      return Optional.empty();
    }
    Walk walk = new Walk(counts.anomalies(), counts.normals(), rule);
    counts.descending(walk);
    return Optional.of(walk.metrics());
  }

  /** Both curves at once, from the highest score to the lowest. */
  private static final class Walk implements Tie {
    private final double anomalies;
    private final double normals;
    private final Fpr95Rule rule;
    private final Fpr95Search search;
    private final CompensatedSum averagePrecision = new CompensatedSum();
    private final CompensatedSum doubleArea = new CompensatedSum();
    private long truePositives;
    private long falsePositives;

    Walk(long anomalies, long normals, Fpr95Rule rule) {
      this.anomalies = anomalies;
      this.normals = normals;
      this.rule = rule;
      this.search = Fpr95Search.by(rule);
    }

    @Override
    public void visit(double score, long tiedAnomalies, long tiedNormals) {
      long before = truePositives;
      truePositives += tiedAnomalies;
      falsePositives += tiedNormals;
      double precision = truePositives / (double) (truePositives + falsePositives);
      averagePrecision.add(tiedAnomalies / anomalies * precision);
      doubleArea.add(tiedNormals / normals * ((before + truePositives) / anomalies));
      search.visit(
          score, truePositives / anomalies, falsePositives / normals, tiedNormals / normals);
    }

    PixelMetrics metrics() {
      RocPoint point = search.point();
      return new PixelMetrics(
          (long) anomalies,
          (long) normals,
          averagePrecision.value(),
          doubleArea.value() / 2,
          point.fpr(),
          point.threshold(),
          point.tpr(),
          point.fprStep(),
          rule);
    }
  }
}
