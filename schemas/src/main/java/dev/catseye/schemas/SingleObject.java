package dev.catseye.schemas;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro single-object encoding of one wire class: magic c3 01, the schema's 64-bit fingerprint
 * little-endian, the binary body. Thread-safe.
 *
 * <p>Source: Avro 1.12 specification, "Single-object encoding".
 *
 * @param <W> wire class
 */
final class SingleObject<W extends SpecificRecordBase> {
  /** Bytes in front of the body. */
  static final int HEADER_BYTES = 10;

  private static final short MAGIC = (short) 0xc301;

  static {
    AvroGuards.install(); // before any wire class: their schemas load Avro's limits
  }

  private final String thing;
  private final int maxBytes;
  private final long fingerprint;
  private final SpecificDatumReader<W> reader;
  private final SpecificDatumWriter<W> writer;

  /**
   * @param type wire class; its schema is the only one that is accepted
   * @param maxBytes longest message
   */
  SingleObject(Class<W> type, int maxBytes) {
    SpecificData data = SpecificData.getForClass(type);
    Schema schema = data.getSchema(type);
    this.thing = schema.getName();
    this.maxBytes = maxBytes;
    this.fingerprint = SchemaNormalization.parsingFingerprint64(schema);
    this.reader = new SpecificDatumReader<>(schema, schema, data);
    this.writer = new SpecificDatumWriter<>(schema, data);
  }

  /**
   * @throws RecordException (TOO_LARGE) above the limit
   */
  byte[] write(W record) {
    MessageStreams.Counter counter = new MessageStreams.Counter();
    encode(record, counter);
    checkSize(HEADER_BYTES + counter.count());
    byte[] message = new byte[HEADER_BYTES + (int) counter.count()];
    ByteBuffer.wrap(message).putShort(MAGIC).order(ByteOrder.LITTLE_ENDIAN).putLong(fingerprint);
    encode(record, new MessageStreams.Filler(message, HEADER_BYTES));
    return message;
  }

  /**
   * @throws RecordException if the bytes are not exactly one record of the known schema
   */
  W read(byte[] message) {
    checkHeader(message);
    int length = message.length - HEADER_BYTES;
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(message, HEADER_BYTES, length, null);
    W record;
    boolean atEnd;
    try {
      record = reader.read(null, decoder);
      atEnd = decoder.isEnd();
    } catch (IOException | RuntimeException e) { // Avro's own, and many others from below it
      throw refused(Reason.SCHEMA, "damaged body of " + length + " bytes: " + text(e), e);
    }
    if (!atEnd) {
      throw refused(Reason.SCHEMA, "bytes after the end of the record", null);
    }
    return record;
  }

  /**
   * @throws RecordException (TOO_LARGE) above the limit
   */
  void checkSize(long size) {
    if (size > maxBytes) {
      throw refused(Reason.TOO_LARGE, size + " bytes, at most " + maxBytes, null);
    }
  }

  RecordException refused(Reason reason, String why, Exception cause) {
    return new RecordException(reason, thing + ": " + why, cause);
  }

  private void checkHeader(byte[] message) {
    checkSize(message.length);
    if (message.length < HEADER_BYTES) {
      String why = message.length + " bytes, a record has at least " + HEADER_BYTES;
      throw refused(Reason.SCHEMA, why, null);
    }
    ByteBuffer header = ByteBuffer.wrap(message);
    short magic = header.getShort();
    if (magic != MAGIC) {
      throw refused(Reason.SCHEMA, String.format("magic %04x, expected %04x", magic, MAGIC), null);
    }
    long found = header.order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (found != fingerprint) {
      String why = String.format("unknown schema %016x, known is %016x", found, fingerprint);
      throw refused(Reason.SCHEMA, why, null);
    }
  }

  private void encode(W record, OutputStream out) {
    try {
      writer.write(record, EncoderFactory.get().directBinaryEncoder(out, null));
    } catch (IOException e) {
      throw new AssertionError("memory takes every byte", e);
    }
  }

  private static String text(Exception e) {
    return e instanceof EOFException
        ? "ends too early"
        : Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
