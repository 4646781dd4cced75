package dev.catseye.schemas;

/**
 * A score map in four numbers.
 *
 * @param maxScore highest anomaly score, 0 to 1
 * @param meanScore mean anomaly score, 0 to 1
 * @param fractionAbove share of pixels at or above the threshold, 0 to 1
 * @param threshold operating point: score from which a pixel counts, 0 to 1
 */
public record Summary(float maxScore, float meanScore, float fractionAbove, float threshold) {
  public Summary {
    Checks.fraction(maxScore, "max score");
    Checks.fraction(meanScore, "mean score");
    Checks.fraction(fractionAbove, "fraction above the threshold");
    Checks.fraction(threshold, "threshold");
  }
}
