package dev.catseye.perceive;

import static java.util.Objects.requireNonNull;

import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.RedriveHeaders;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/** A record of topic frames as it came, before anybody believed it. Immutable. */
final class Arrival {
  private final Origin origin;
  private final String key;
  private final byte[] bytes;
  private final Optional<FrameHeaders> headers;
  private final Optional<RedriveHeaders> redrive;
  private final long appendedMillis;

  /**
   * A record.
   *
   * @param key key as text, null when the record has none
   * @param bytes value, null when the record has none; taken over, nobody writes to it again
   * @param headers its headers; only read
   * @param appendedMillis when it was appended to its topic, since 1970-01-01 UTC
   */
  Arrival(Origin origin, String key, byte[] bytes, Headers headers, long appendedMillis) {
    this.origin = requireNonNull(origin, "origin");
    this.headers = FrameHeaders.read(headers);
    this.redrive = RedriveHeaders.read(headers);
    this.appendedMillis = appendedMillis;
    this.key = key == null ? "" : ShortText.of(key);
    this.bytes = bytes == null ? new byte[0] : bytes;
  }

  Origin origin() {
    return origin;
  }

  /** Key of the record, at most 4096 characters; empty when it has none. */
  String key() {
    return key;
  }

  /** Value of the record, empty when it has none; not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** What the headers say of the frame; empty when they are missing or not valid. */
  Optional<FrameHeaders> headers() {
    return headers;
  }

  /** Number of the attempt: 1 unless the frame was refused before and put back. */
  int attempt() {
    return redrive.map(RedriveHeaders::attempt).orElse(1);
  }

  /** Whether the frame was refused before and put back. */
  boolean isRedriven() {
    return redrive.isPresent();
  }

  /** When the record was appended to its topic, milliseconds since 1970-01-01 UTC. */
  long appendedMillis() {
    return appendedMillis;
  }

  /** When its first attempt was appended; {@link #appendedMillis} unless it was put back. */
  long firstAppendedMillis() {
    return redrive
        .map(again -> Math.min(appendedMillis, again.appendedMicros() / 1000))
        .orElse(appendedMillis);
  }
}
