package dev.catseye.tools;

import java.util.Arrays;

/** Durations that were measured, for percentiles. Not thread-safe. */
public final class Percentiles {
  private long[] values = new long[256];
  private int count;

  /** Adds one measurement in any unit, always the same. */
  public void add(long value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** Number of measurements. */
  public int count() {
    return count;
  }

  /**
   * The smallest measurement that at least {@code percent} of all do not exceed (nearest rank); 0
   * when there are none.
   *
   * @param percent above 0 and at most 100
   */
  public long at(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percentile %s outside (0, 100]".formatted(percent));
    }
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(percent / 100 * count) - 1];
  }
}
