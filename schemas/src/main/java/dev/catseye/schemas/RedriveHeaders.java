package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of a frame that {@code catseye redrive} put back onto topic frames, and of its mark on
 * topic redrives (UTF-8 text).
 *
 * @param attempt number of the attempt, 2 or more
 * @param appendedMicros when the frame was appended to {@code frames} for the first time, by the
 *     broker's clock, microseconds since 1970-01-01 UTC
 * @param reject topic, partition and offset of its dead letter
 */
public record RedriveHeaders(int attempt, long appendedMicros, Origin reject) {
  public RedriveHeaders {
    Checks.within(attempt, 2, Integer.MAX_VALUE, "attempt");
    Checks.micros(appendedMicros, "time of appending");
    requireNonNull(reject, "reject");
  }

  /** The next attempt for a dead letter that stands at {@code reject}. */
  public static RedriveHeaders after(RejectHeaders refusal, Origin reject) {
    return new RedriveHeaders(refusal.attempt() + 1, refusal.appendedMicros(), reject);
  }

  /** Puts them into {@code headers}, in the place of those of the refusal. */
  public void write(Headers headers) {
    RejectHeaders.forgetRefusal(headers);
    HeaderText text = new HeaderText(headers);
    text.put("attempt", attempt);
    text.put("appended_at", appendedMicros);
    text.put("reject_topic", reject.topic());
    text.put("reject_partition", reject.partition());
    text.put("reject_offset", reject.offset());
  }

  /** Those in {@code headers}; empty when one is missing or has no valid value. */
  public static Optional<RedriveHeaders> read(Headers headers) {
    HeaderText text = new HeaderText(headers);
    try {
      return Optional.of(
          new RedriveHeaders(
              text.integer("attempt"),
              text.number("appended_at"),
              new Origin(
                  text.text("reject_topic"),
                  text.integer("reject_partition"),
                  text.number("reject_offset"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
