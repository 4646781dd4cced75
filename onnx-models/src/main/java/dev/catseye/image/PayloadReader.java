package dev.catseye.image;

import java.nio.charset.StandardCharsets;

/** Reads numbers out of a payload and refuses, with the offset, to read past its end. */
final class PayloadReader {
  private final byte[] bytes;
  private final String name;

  /**
   * A reader at no position.
   *
   * @param bytes borrowed, only read
   * @param name what the payload is, for messages
   */
  PayloadReader(byte[] bytes, String name) {
    this.bytes = bytes;
    this.name = name;
  }

  int length() {
    return bytes.length;
  }

  /** Throws unless {@code count} bytes lie at {@code offset}. */
  void need(long offset, long count) {
    if (offset + count > bytes.length) {
      throw DecodeException.damaged(
          String.format(
              "%s truncated: %d bytes, needs %d or more", name, bytes.length, offset + count));
    }
  }

  /** Unsigned byte. */
  int u8(long offset) {
    need(offset, 1);
    return bytes[(int) offset] & 0xFF;
  }

  /** Unsigned 16 bits, big-endian. */
  int u16(long offset) {
    return (u8(offset) << 8) | u8(offset + 1);
  }

  /** Unsigned 32 bits, big-endian. */
  long u32(long offset) {
    return ((long) u16(offset) << 16) | u16(offset + 2);
  }

  /** Unsigned 16 bits, little-endian. */
  int u16le(long offset) {
    return u8(offset) | (u8(offset + 1) << 8);
  }

  /** Unsigned 24 bits, little-endian. */
  int u24le(long offset) {
    return u16le(offset) | (u8(offset + 2) << 16);
  }

  /** Unsigned 32 bits, little-endian. */
  long u32le(long offset) {
    return u16le(offset) | ((long) u16le(offset + 2) << 16);
  }

  /** Four characters, one per byte. */
  String fourCc(long offset) {
    need(offset, 4);
    return new String(bytes, (int) offset, 4, StandardCharsets.ISO_8859_1);
  }
}
