package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.kafka.common.header.Headers;

/**
 * Headers of a dead letter on {@code rejects} (UTF-8 text): why it lies there and where it came
 * from.
 *
 * @param reason kind of failure
 * @param detail the reason in words, up to 4096 characters
 * @param stage stage that refused it (admit, decode, detect), 1 to 200 characters
 * @param bundleDigest SHA-256 of bundle.json in hex; empty when no bundle was open
 * @param attempt number of the attempt, 1 or more; redrives count up
 * @param appendedMicros when the frame was appended to {@code frames} for the first time, by the
 *     broker's clock, microseconds since 1970-01-01 UTC
 * @param origin topic, partition and offset of the refused record
 */
public record RejectHeaders(
    Reason reason,
    String detail,
    String stage,
    String bundleDigest,
    int attempt,
    long appendedMicros,
    Origin origin) {
  private static final List<String> OF_THE_REFUSAL =
      List.of(
          "reason",
          "detail",
          "stage",
          "bundle_digest",
          "origin_topic",
          "origin_partition",
          "origin_offset");

  public RejectHeaders {
    requireNonNull(reason, "reason");
    Checks.text(detail, "detail");
    Checks.id(stage, "stage");
    Checks.digestOrEmpty(bundleDigest, "bundle digest");
    Checks.within(attempt, 1, Integer.MAX_VALUE, "attempt");
    Checks.micros(appendedMicros, "time of appending");
    requireNonNull(origin, "origin");
  }

  /** Puts them into {@code headers}; those of the refused record stay beside them. */
  public void write(Headers headers) {
    HeaderText text = new HeaderText(headers);
    text.put("reason", reason);
    text.put("detail", detail);
    text.put("stage", stage);
    text.put("bundle_digest", bundleDigest);
    text.put("attempt", attempt);
    text.put("appended_at", appendedMicros);
    text.put("origin_topic", origin.topic());
    text.put("origin_partition", origin.partition());
    text.put("origin_offset", origin.offset());
  }

  /** Takes away what is true of the refusal alone; a frame that is tried again leaves it behind. */
  static void forgetRefusal(Headers headers) {
    OF_THE_REFUSAL.forEach(headers::remove);
  }

  /**
   * Reads them from {@code headers}.
   *
   * @throws RecordException (SCHEMA) if one is missing or has no valid value
   */
  public static RejectHeaders read(Headers headers) {
    HeaderText text = new HeaderText(headers);
    try {
      return new RejectHeaders(
          Reason.valueOf(text.text("reason")),
          text.text("detail"),
          text.text("stage"),
          text.text("bundle_digest"),
          text.integer("attempt"),
          text.number("appended_at"),
          new Origin(
              text.text("origin_topic"),
              text.integer("origin_partition"),
              text.number("origin_offset")));
    } catch (IllegalArgumentException e) {
      throw new RecordException(Reason.SCHEMA, "reject headers: " + e.getMessage(), e);
    }
  }
}
