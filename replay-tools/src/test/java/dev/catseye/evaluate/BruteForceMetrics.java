package dev.catseye.evaluate;

import java.util.List;
import java.util.TreeSet;

/**
 * Metrics by the definition, in O(n^2): every distinct score is a threshold, and all pixels are
 * counted again for each. Shares nothing with the code under test.
 */
final class BruteForceMetrics {
  /** One valid pixel. */
  record Pixel(float score, boolean anomaly) {}

  private final List<Pixel> pixels;
  private final double anomalies;
  private final double normals;

  BruteForceMetrics(List<Pixel> pixels) {
    this.pixels = pixels;
    this.anomalies = pixels.stream().filter(Pixel::anomaly).count();
    this.normals = pixels.size() - anomalies;
  }

  double averagePrecision() {
    double sum = 0;
    double lastRecall = 0;
    for (double threshold : thresholds()) {
      double recall = count(threshold, true) / anomalies;
      double precision =
          count(threshold, true) / (count(threshold, true) + count(threshold, false));
      sum += (recall - lastRecall) * precision;
      lastRecall = recall;
    }
    return sum;
  }

  /** Share of the (anomaly, normal) pairs in the right order, ties counting one half. */
  double auroc() {
    double right = 0;
    for (Pixel anomaly : pixels) {
      for (Pixel normal : pixels) {
        if (anomaly.anomaly() && !normal.anomaly()) {
          right += anomaly.score() > normal.score() ? 1 : 0;
          right += anomaly.score() == normal.score() ? 0.5 : 0;
        }
      }
    }
    return right / (anomalies * normals);
  }

  double fpr95(Fpr95Rule rule) {
    return switch (rule) {
      case FIRST_REACHING -> firstReaching();
      case CLOSEST -> closest();
      case INTERPOLATED -> interpolated();
    };
  }

  private double firstReaching() {
    return thresholds().stream()
        .filter(threshold -> tpr(threshold) >= 0.95)
        .findFirst()
        .map(this::fpr)
        .orElseThrow();
  }

  private double closest() {
    double best = Double.NaN;
    for (double threshold : thresholds()) {
      boolean closer =
          Double.isNaN(best) || Math.abs(tpr(threshold) - 0.95) <= Math.abs(tpr(best) - 0.95);
      best = closer ? threshold : best;
      if (tpr(threshold) == 1) {
        break;
      }
    }
    return fpr(best);
  }

  private double interpolated() {
    double lastTpr = 0;
    double lastFpr = 0;
    for (double threshold : thresholds()) {
      if (tpr(threshold) > 0.95) {
        double share = (0.95 - lastTpr) / (tpr(threshold) - lastTpr);
        return lastFpr + share * (fpr(threshold) - lastFpr);
      }
      lastTpr = tpr(threshold);
      lastFpr = fpr(threshold);
    }
    throw new AssertionError("a curve ends at TPR 1");
  }

  private List<Double> thresholds() {
    TreeSet<Double> distinct = new TreeSet<>();
    pixels.forEach(pixel -> distinct.add((double) pixel.score() + 0.0));
    return List.copyOf(distinct.descendingSet());
  }

  private double tpr(double threshold) {
    return count(threshold, true) / anomalies;
  }

  private double fpr(double threshold) {
    return count(threshold, false) / normals;
  }

  private double count(double threshold, boolean anomaly) {
    return pixels.stream()
        .filter(pixel -> pixel.anomaly() == anomaly && pixel.score() >= threshold)
        .count();
  }
}
