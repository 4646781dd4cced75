package dev.catseye.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A record as it came from Kafka, not yet read.
 *
 * @param place where it stands
 * @param key its key, empty when it had none
 * @param value its value, empty for a null
 * @param headers its headers as UTF-8 text; of equal names the last one
 * @param appendedMillis when the broker appended it, milliseconds since 1970-01-01 UTC
 */
public record RawRecord(
    Place place,
    Optional<ByteBuffer> key,
    Optional<ByteBuffer> value,
    Map<String, String> headers,
    long appendedMillis) {

  /** The value; no bytes for a null. */
  ByteBuffer bytes() {
    return value.map(ByteBuffer::duplicate).orElse(ByteBuffer.allocate(0));
  }

  /** Whether its headers say that its frame was put back from rejects onto frames. */
  boolean isPutBack() {
    return headers.containsKey("reject_topic");
  }

  /** The key as text; empty when there is none. */
  String keyText() {
    return key.map(bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()).orElse("");
  }
}
