package dev.catseye.schemas;

/**
 * Where on Kafka the judged record stands.
 *
 * @param topic name of the input topic: 1 to 249 letters, digits, dots, underscores and hyphens
 * @param partition partition of the input topic, 0 or more
 * @param offset offset in the partition, 0 or more
 */
public record Origin(String topic, int partition, long offset) {
  public Origin {
    Checks.topicName(topic, "origin topic");
    Checks.within(partition, 0, Integer.MAX_VALUE, "origin partition");
    Checks.within(offset, 0, Long.MAX_VALUE, "origin offset");
  }

  /** Kafka's usual notation: topic-partition@offset. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
