package dev.catseye.perceive;

import static java.util.Objects.requireNonNull;

import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Origin;
import java.util.Optional;

/** A record of topic frames as it came, before anybody believed it. Immutable. */
final class Arrival {
  private static final int MAX_KEY = 4096; // what a mask can carry

  private final Origin origin;
  private final String key;
  private final byte[] bytes;
  private final Optional<FrameHeaders> headers;
  private final long appendedMillis;

  /**
   * A record.
   *
   * @param key key as text, null when the record has none
   * @param bytes value, null when the record has none; taken over, nobody writes to it again
   * @param headers what its headers say of the frame, if they are there
   * @param appendedMillis when it was appended to its topic, since 1970-01-01 UTC
   */
  Arrival(
      Origin origin,
      String key,
      byte[] bytes,
      Optional<FrameHeaders> headers,
      long appendedMillis) {
    this.origin = requireNonNull(origin, "origin");
    this.headers = requireNonNull(headers, "headers");
    this.appendedMillis = appendedMillis;
    this.key = key == null ? "" : shortened(key);
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

  /** When the record was appended to its topic, milliseconds since 1970-01-01 UTC. */
  long appendedMillis() {
    return appendedMillis;
  }

  private static String shortened(String key) {
    if (key.length() <= MAX_KEY) {
      return key;
    }
    boolean cutsPair = Character.isHighSurrogate(key.charAt(MAX_KEY - 1));
    return key.substring(0, cutsPair ? MAX_KEY - 1 : MAX_KEY);
  }
}
