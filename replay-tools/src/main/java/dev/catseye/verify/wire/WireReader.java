package dev.catseye.verify.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads messages of one schema in Avro's single-object encoding: C3 01, the schema's fingerprint
 * (little-endian), the binary record. Immutable.
 */
public final class WireReader {
  /** Bytes of marker and fingerprint. */
  public static final int HEADER_BYTES = 10;

  private static final int SEAL_BYTES = 4;
  private static final short MARKER = (short) 0x01c3; // little-endian C3 01
  private static final String FOLDER = "avro/"; // where the schemas jar carries its .avsc files

  private final String name;
  private final WireType type;
  private final long fingerprint;

  private WireReader(String name, WireType type) {
    this.name = name;
    this.type = type;
    this.fingerprint = Fingerprint.of(type);
  }

  /**
   * A reader for the record that {@code avro/NAME.avsc} on the class path defines.
   *
   * @throws IllegalStateException if there is no such file
   */
  public static WireReader of(String name) {
    return new WireReader(name, new SchemaParser(FOLDER).file(name));
  }

  /**
   * Reads one whole message.
   *
   * @param message not changed; the record's bytes are views of it
   * @throws WireException if it is of another schema, ends early or has bytes left over
   */
  public WireRecord read(ByteBuffer message) throws WireException {
    ByteBuffer bytes = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < HEADER_BYTES || bytes.getShort() != MARKER) {
      throw new WireException("not an Avro single object");
    }
    long found = bytes.getLong();
    if (found != fingerprint) {
      throw new WireException(
          "schema %016x, expected %016x (%s)".formatted(found, fingerprint, name));
    }
    WireCursor cursor = new WireCursor(bytes);
    WireRecord record = (WireRecord) value(type, cursor);
    if (cursor.remaining() > 0) {
      throw new WireException(cursor.remaining() + " bytes after the end of the record");
    }
    return record;
  }

  /** Whether the last four bytes are the CRC-32C (big-endian) of all bytes before them. */
  public static boolean sealHolds(ByteBuffer message) {
    ByteBuffer bytes = message.duplicate();
    int sealed = bytes.remaining() - SEAL_BYTES;
    if (sealed < HEADER_BYTES) {
      return false;
    }
    int seal = bytes.getInt(bytes.position() + sealed);
    return seal == (int) crc32c(bytes.limit(bytes.position() + sealed));
  }

  /** CRC-32C of the remaining bytes as an unsigned number; the position stays. */
  public static long crc32c(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    return crc.getValue();
  }

  private static Object value(WireType type, WireCursor cursor) throws WireException {
    if (type instanceof WireType.Primitive primitive) {
      return primitive(primitive.name(), cursor);
    }
    if (type instanceof WireType.Fixed fixed) {
      return cursor.readFixed(fixed.size());
    }
    if (type instanceof WireType.Symbols symbols) {
      return element(symbols.symbols(), cursor);
    }
    if (type instanceof WireType.Union union) {
      return value(element(union.branches(), cursor), cursor);
    }
    if (type instanceof WireType.Items array) {
      return items(array.items(), cursor);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (WireType.Field field : ((WireType.Fields) type).fields()) {
      values.put(field.name(), value(field.type(), cursor));
    }
    return new WireRecord(values);
  }

  private static Object primitive(String name, WireCursor cursor) throws WireException {
    return switch (name) {
      case "null" -> null;
      case "boolean" -> cursor.readBoolean();
      case "int" -> cursor.readInt();
      case "long" -> cursor.readLong();
      case "float" -> cursor.readFloat();
      case "double" -> cursor.readDouble();
      case "bytes" -> cursor.readBytes();
      default -> cursor.readText();
    };
  }

  private static <T> T element(List<T> choices, WireCursor cursor) throws WireException {
    long index = cursor.readInt();
    if (index < 0 || index >= choices.size()) {
      throw new WireException("choice %d of %d".formatted(index, choices.size()));
    }
    return choices.get((int) index);
  }

  /** Blocks of items until an empty block; a negative count is followed by the block's size. */
  private static List<Object> items(WireType type, WireCursor cursor) throws WireException {
    List<Object> items = new ArrayList<>();
    for (long count = cursor.readLong(); count != 0; count = cursor.readLong()) {
      if (count < 0) {
        count = -count;
        cursor.readLong();
      }
      if (count < 0 || count > cursor.remaining()) { // each of our items has a byte at least
        throw new WireException("%d items in %d bytes".formatted(count, cursor.remaining()));
      }
      for (long i = 0; i < count; i++) {
        items.add(value(type, cursor));
      }
    }
    return items;
  }
}
