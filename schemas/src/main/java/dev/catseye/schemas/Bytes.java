package dev.catseye.schemas;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Immutable string of bytes, equal by content. Safe to share between threads. */
public final class Bytes {
  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** A copy of {@code source}. */
  public static Bytes of(byte[] source) {
    return new Bytes(source.clone());
  }

  /**
   * Takes over {@code source} without copying: the caller gives it up and never writes to it again.
   */
  public static Bytes wrap(byte[] source) {
    return new Bytes(source);
  }

  /**
   * What remains of {@code source} between position and limit; its array is taken over when it fits
   * exactly.
   */
  static Bytes wrap(ByteBuffer source) {
    if (source.hasArray()
        && source.arrayOffset() == 0
        && source.array().length == source.remaining()) {
      return new Bytes(source.array());
    }
    byte[] copy = new byte[source.remaining()];
    source.duplicate().get(copy);
    return new Bytes(copy);
  }

  /** Number of bytes. */
  public int size() {
    return array.length;
  }

  /** A copy that the caller may write to. */
  public byte[] toArray() {
    return array.clone();
  }

  /** A view that cannot be written to; no copy. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(array).asReadOnlyBuffer();
  }

  /** CRC-32C (Castagnoli) of the bytes as an unsigned number, 0 to 4294967295. */
  public long crc32c() {
    CRC32C crc = new CRC32C();
    crc.update(array);
    return crc.getValue();
  }

  /** The bytes as lower-case hex digits. */
  public String hex() {
    return HexFormat.of().formatHex(array);
  }

  /** The array itself, for readers in this package that do not write. */
  byte[] array() {
    return array;
  }

  /** The array itself as a buffer, for Avro's encoder, which does not write to it. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  /** Size and checksum; never the content, which may be a picture. */
  @Override
  public String toString() {
    return String.format("Bytes[%d, crc32c %08x]", array.length, crc32c());
  }
}
