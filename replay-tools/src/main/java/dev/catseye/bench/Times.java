package dev.catseye.bench;

import dev.catseye.tools.Percentiles;
import java.util.List;

/**
 * How long each run of something took. Immutable.
 *
 * @param micros in running order, microseconds; at least one
 */
record Times(List<Long> micros) {
  Times {
    micros = List.copyOf(micros);
  }

  double meanMs() {
    return micros.stream().mapToLong(Long::longValue).average().orElseThrow() / 1e3;
  }

  double percentileMs(double percent) {
    return percentileMicros(percent) / 1e3;
  }

  /** The time that at least {@code percent} of the runs did not exceed: one that was measured. */
  long percentileMicros(double percent) {
    Percentiles measured = new Percentiles();
    micros.forEach(measured::add);
    return measured.at(percent);
  }
}
