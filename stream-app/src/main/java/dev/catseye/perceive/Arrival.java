package dev.catseye.perceive;

import static java.util.Objects.requireNonNull;

import dev.catseye.schemas.Origin;

/** A record of topic frames as it came, before anybody believed it. Immutable. */
final class Arrival {
  private static final int MAX_KEY = 4096; // what a mask can carry

  private final Origin origin;
  private final String key;
  private final byte[] bytes;

  /**
   * @param key key as text, null when the record has none
   * @param bytes value, null when the record has none; taken over, nobody writes to it again
   */
  Arrival(Origin origin, String key, byte[] bytes) {
    this.origin = requireNonNull(origin, "origin");
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

  private static String shortened(String key) {
    if (key.length() <= MAX_KEY) {
      return key;
    }
    boolean cutsPair = Character.isHighSurrogate(key.charAt(MAX_KEY - 1));
    return key.substring(0, cutsPair ? MAX_KEY - 1 : MAX_KEY);
  }
}
