package dev.catseye.redrive;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** How large a record is when it is sent alone. */
final class RecordSize {
  /** What a batch of one record adds to key, value and headers; about 100 in truth. */
  private static final int OVERHEAD_BYTES = 128;

  private RecordSize() {}

  /** An upper bound in bytes. */
  static long of(ProducerRecord<byte[], byte[]> record) {
    long bytes = OVERHEAD_BYTES + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += 8L + header.key().length() + length(header.value()); // two lengths before them
    }
    return bytes;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
