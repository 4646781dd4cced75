package dev.catseye.schemas;

import java.nio.ByteBuffer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records that end with a seal: the CRC-32C, big-endian, of all bytes before it. The seal is
 * checked before anything else is believed.
 *
 * @param <T> record type
 * @param <W> its wire class, whose last field is the seal
 */
final class SealedCodec<T, W extends SpecificRecordBase> implements Codec<T> {
  private static final int SEAL_BYTES = 4;

  private final SingleObject<W> format;
  private final Function<T, W> toWire;
  private final Function<W, T> fromWire;

  SealedCodec(Class<W> type, int maxBytes, Function<T, W> toWire, Function<W, T> fromWire) {
    this.format = new SingleObject<>(type, maxBytes);
    this.toWire = toWire;
    this.fromWire = fromWire;
  }

  @Override
  public byte[] write(T value) {
    byte[] message = format.write(toWire.apply(value));
    ByteBuffer.wrap(message).putInt(message.length - SEAL_BYTES, seal(message));
    return message;
  }

  @Override
  public T read(byte[] message) {
    format.checkSize(message.length);
    checkSeal(message);
    W wire = format.read(message);
    try {
      return fromWire.apply(wire);
    } catch (IllegalArgumentException e) {
      throw format.refused(Reason.SCHEMA, e.getMessage(), e);
    }
  }

  private void checkSeal(byte[] message) {
    if (message.length < SingleObject.HEADER_BYTES + SEAL_BYTES) {
      throw format.refused(Reason.SCHEMA, message.length + " bytes are no record", null);
    }
    int stated = ByteBuffer.wrap(message).getInt(message.length - SEAL_BYTES);
    int actual = seal(message);
    if (stated != actual) {
      String why = String.format("checksum %08x, its bytes give %08x", stated, actual);
      throw format.refused(Reason.CHECKSUM, why, null);
    }
  }

  private static int seal(byte[] message) {
    CRC32C crc = new CRC32C();
    crc.update(message, 0, message.length - SEAL_BYTES);
    return (int) crc.getValue();
  }
}
