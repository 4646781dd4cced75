package dev.catseye.verify;

/**
 * The ends of one partition's log when it was read.
 *
 * @param topic name of the topic
 * @param partition partition, 0 or more
 * @param start first offset still there
 * @param stable end of what a reader of committed records may see
 * @param end end of the log when reading began; above {@code stable} if a transaction that was open
 *     then did not end
 */
public record LogBounds(String topic, int partition, long start, long stable, long end) {
  /** Whether an open transaction hides records that were there when it was read. */
  boolean isCut() {
    return stable < end;
  }

  /** For people: {@code masks-0}. */
  String name() {
    return topic + "-" + partition;
  }
}
