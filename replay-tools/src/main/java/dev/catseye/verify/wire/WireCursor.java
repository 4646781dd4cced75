package dev.catseye.verify.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Avro's binary primitives, read one after the other; every length is checked before use. */
final class WireCursor {
  private final ByteBuffer bytes;

  WireCursor(ByteBuffer bytes) {
    this.bytes = bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  int remaining() {
    return bytes.remaining();
  }

  /** A zigzag varint of at most 10 bytes. */
  long readLong() throws WireException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      byte next = need(1).get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new WireException("number longer than 10 bytes" + at());
  }

  long readInt() throws WireException {
    long value = readLong();
    if (value != (int) value) {
      throw new WireException("int out of range: " + value + at());
    }
    return value;
  }

  boolean readBoolean() throws WireException {
    byte value = need(1).get();
    if (value != 0 && value != 1) {
      throw new WireException("boolean of value " + value + at());
    }
    return value == 1;
  }

  double readFloat() throws WireException {
    return need(4).getFloat();
  }

  double readDouble() throws WireException {
    return need(8).getDouble();
  }

  ByteBuffer readBytes() throws WireException {
    return readFixed(readLong());
  }

  ByteBuffer readFixed(long size) throws WireException {
    ByteBuffer view = need(size).slice(bytes.position(), (int) size);
    bytes.position(bytes.position() + (int) size);
    return view;
  }

  String readText() throws WireException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(readBytes()).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("text is not UTF-8" + at(), e);
    }
  }

  private ByteBuffer need(long size) throws WireException {
    if (size < 0 || size > bytes.remaining()) {
      throw new WireException(
          "%d bytes wanted, %d left%s".formatted(size, bytes.remaining(), at()));
    }
    return bytes;
  }

  private String at() {
    return " at byte " + bytes.position();
  }
}
