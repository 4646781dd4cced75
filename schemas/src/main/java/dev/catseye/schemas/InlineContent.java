package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

/**
 * Payload carried in the record.
 *
 * @param bytes the payload; may be empty, such a frame is rejected with identity
 */
public record InlineContent(Bytes bytes) implements Content {
  public InlineContent {
    requireNonNull(bytes, "bytes");
  }

  @Override
  public long sizeBytes() {
    return bytes.size();
  }
}
