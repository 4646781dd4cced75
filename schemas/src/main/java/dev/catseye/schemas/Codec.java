package dev.catseye.schemas;

/**
 * One record type and its bytes. Thread-safe.
 *
 * @param <T> record type
 */
interface Codec<T> {
  /** The bytes of a record. */
  byte[] write(T value);

  /**
   * The record of a message.
   *
   * @throws RecordException if the bytes are not exactly one valid record
   */
  T read(byte[] message);
}
