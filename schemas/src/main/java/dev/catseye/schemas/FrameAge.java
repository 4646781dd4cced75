package dev.catseye.schemas;

/**
 * Ages of frames (mask processed minus frame captured) since the previous record.
 *
 * @param count frames measured, 1 or more
 * @param p50Micros median in microseconds, 0 or more
 * @param p95Micros 95th percentile in microseconds, not below the median
 * @param p99Micros 99th percentile in microseconds, not below the 95th
 * @param maxMicros highest in microseconds, not below the 99th percentile
 */
public record FrameAge(long count, long p50Micros, long p95Micros, long p99Micros, long maxMicros) {
  public FrameAge {
    Checks.within(count, 1, Long.MAX_VALUE, "number of ages");
    Checks.within(p50Micros, 0, Checks.MAX_MICROS, "median age");
    Checks.within(p95Micros, p50Micros, Checks.MAX_MICROS, "95th percentile of age");
    Checks.within(p99Micros, p95Micros, Checks.MAX_MICROS, "99th percentile of age");
    Checks.within(maxMicros, p99Micros, Checks.MAX_MICROS, "highest age");
  }
}
