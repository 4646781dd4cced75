package dev.catseye.send;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.tools.Percentiles;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of a replay.
 *
 * @param planned frames that were to be sent
 * @param frames frames that the broker has
 * @param labels label planes that the broker has
 * @param bytes picture bytes handed to the broker
 * @param skipped why a frame was not sent, one line each
 * @param elapsed from the first frame to the last answer
 * @param lateMicros how long after its due time each frame was handed over; empty when frames were
 *     not paced
 * @param clock clock of the two times below
 * @param firstMicros capture time of the first frame as sent
 * @param lastMicros capture time of the last frame as sent
 * @param stopped whether it was interrupted before its end
 */
public record ReplayReport(
    int planned,
    int frames,
    int labels,
    long bytes,
    List<String> skipped,
    Duration elapsed,
    Percentiles lateMicros,
    ClockDomain clock,
    long firstMicros,
    long lastMicros,
    boolean stopped) {

  /** Whether every planned frame arrived. */
  public boolean complete() {
    return frames == planned && skipped.isEmpty();
  }

  /** For people, without the list of what was skipped. */
  public List<String> lines() {
    double seconds = elapsed.toNanos() / 1e9;
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%ssent %d of %d frames (%.1f MB) and %d label planes in %.1f s: %.1f frames/s",
            stopped ? "stopped: " : "",
            frames,
            planned,
            bytes / 1e6,
            labels,
            seconds,
            frames / Math.max(seconds, 1e-3)));
    if (lateMicros.count() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "lateness: p50 %.1f ms, p95 %.1f ms",
              lateMicros.at(50) / 1e3,
              lateMicros.at(95) / 1e3));
    }
    if (frames > 0) {
      lines.add("capture times: %s to %s".formatted(time(firstMicros), time(lastMicros)));
    }
    lines.add("skipped: " + skipped.size());
    return lines;
  }

  private String time(long micros) {
    return clock == ClockDomain.UTC
        ? Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString()
        : "%.3f s (%s)".formatted(micros / 1e6, clock.name().toLowerCase(Locale.ROOT));
  }
}
