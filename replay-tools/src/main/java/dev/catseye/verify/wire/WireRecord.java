package dev.catseye.verify.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A record read from the wire: field names to values. Values are {@code Long} (int and long),
 * {@code Double} (float and double), {@code Boolean}, {@code String} (string and enum), read-only
 * {@code ByteBuffer} (bytes and fixed), {@code List}, {@code WireRecord}, or absent for null.
 *
 * <p>Asking for a field under a type that the schema does not give it is a fault of the asking code
 * and throws {@code ClassCastException} or {@code NullPointerException}.
 */
public final class WireRecord {
  private final Map<String, Object> values;

  WireRecord(Map<String, Object> values) {
    this.values = values;
  }

  /** An int or long. */
  public long number(String field) {
    return (Long) values.get(field);
  }

  /** An int or long, or empty for null. */
  public OptionalLong optionalNumber(String field) {
    Object value = values.get(field);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  /** A float or double. */
  public double real(String field) {
    return (Double) values.get(field);
  }

  /** A float or double, or empty for null. */
  public OptionalDouble optionalReal(String field) {
    Object value = values.get(field);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
  }

  /** A string or an enum's symbol. */
  public String text(String field) {
    return (String) values.get(field);
  }

  /** Bytes or fixed: a read-only view of the message. */
  public ByteBuffer bytes(String field) {
    return ((ByteBuffer) values.get(field)).duplicate();
  }

  /** A record. */
  public WireRecord record(String field) {
    return (WireRecord) values.get(field);
  }

  /** A record, or empty for null. */
  public Optional<WireRecord> optionalRecord(String field) {
    return Optional.ofNullable((WireRecord) values.get(field));
  }

  /** An array of records. */
  public List<WireRecord> records(String field) {
    return ((List<?>) values.get(field)).stream().map(WireRecord.class::cast).toList();
  }

  /** The value as it is; for unions of unlike types. */
  public Optional<Object> value(String field) {
    return Optional.ofNullable(values.get(field));
  }
}
