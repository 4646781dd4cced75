package dev.catseye.verify;

import java.util.Comparator;

/**
 * Where a record stands on Kafka.
 *
 * @param topic name of the topic
 * @param partition partition, 0 or more
 * @param offset offset, 0 or more
 */
public record Place(String topic, int partition, long offset) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::topic)
          .thenComparingInt(Place::partition)
          .thenComparingLong(Place::offset);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /** For people: {@code masks-0@17}. */
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
