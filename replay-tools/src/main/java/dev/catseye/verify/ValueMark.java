package dev.catseye.verify;

import dev.catseye.verify.wire.WireReader;

/**
 * A record's value in short: enough to tell two of them apart.
 *
 * @param size bytes
 * @param crc CRC-32C of the bytes
 */
record ValueMark(int size, long crc) {
  static ValueMark of(RawRecord raw) {
    return new ValueMark(raw.bytes().remaining(), WireReader.crc32c(raw.bytes()));
  }
}
