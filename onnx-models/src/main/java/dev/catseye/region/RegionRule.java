package dev.catseye.region;

import java.util.Set;

/**
 * Which pixels count and which regions are told.
 *
 * @param thresholdByte lowest byte of the score map that counts, 0 to 256 (256: none does)
 * @param minAreaPx smallest area told, in camera pixels, at least 1
 * @param drivable class indices that a vehicle may drive on
 */
public record RegionRule(int thresholdByte, int minAreaPx, Set<Integer> drivable) {
  /** Checks the ranges and copies the set. */
  public RegionRule {
    if (!(thresholdByte >= 0 && thresholdByte <= 256)) {
      throw new IllegalArgumentException("thresholdByte " + thresholdByte + " outside [0, 256]");
    }
    if (minAreaPx < 1) {
      throw new IllegalArgumentException("minAreaPx " + minAreaPx + " below 1");
    }
    drivable = Set.copyOf(drivable);
  }

  /** The rule for a threshold given as a score. */
  public static RegionRule of(float threshold, int minAreaPx, Set<Integer> drivable) {
    return new RegionRule(thresholdByte(threshold), minAreaPx, drivable);
  }

  /**
   * The lowest byte whose score, byte / 255, is at least {@code threshold}: ceil(255 threshold),
   * but for float rounding, so that the score of a byte as threshold selects that very byte.
   *
   * @param threshold anomaly score, 0 to 1
   */
  public static int thresholdByte(float threshold) {
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold " + threshold + " outside [0, 1]");
    }
    int least = (int) Math.ceil(255f * threshold);
    while (least > 0 && (least - 1) / 255f >= threshold) {
      least--;
    }
    while (least / 255f < threshold) {
      least++;
    }
    return least;
  }
}
