package dev.catseye.demo;

import dev.catseye.schemas.Mask;
import dev.catseye.tools.Percentiles;
import java.util.Locale;

/**
 * Time from publishing a frame to its DETECTED mask being visible to a reader of committed records.
 * Not thread-safe.
 */
final class Latency {
  private final Percentiles totalMicros = new Percentiles();
  private long sumMicros;
  private long inferenceMicros;

  /** Adds one frame's time in microseconds, and what its mask says of the stages. */
  void add(long micros, Mask mask) {
    totalMicros.add(micros);
    sumMicros += micros;
    inferenceMicros += mask.stages().infer();
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms over %d detected frames; %.0f %% of it in inference",
        totalMicros.at(50) / 1e3,
        totalMicros.at(95) / 1e3,
        totalMicros.at(99) / 1e3,
        totalMicros.count(),
        sumMicros == 0 ? 0 : 100.0 * inferenceMicros / sumMicros);
  }
}
