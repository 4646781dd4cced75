package dev.catseye.fetch;

import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Records that were fetched and not handed over yet, in one lane per partition. Lanes take turns: a
 * camera of weight 3 gets three while one of weight 1 gets one. A frame that a newer one of its
 * camera waits behind takes a small part of a turn, for it is quick work to give it up.
 * Thread-safe.
 */
final class HeldFrames {
  /** Above this, fetching pauses: records are up to 9 MiB, and all of it is heap. */
  static final long MAX_BYTES = 32L << 20;

  private static final double STALE_TURN = 1.0 / 128; // 0.5 ms against 50 to 100

  private final ToIntFunction<String> weightOf;
  private final Map<TopicPartition, Lane> lanes =
      new TreeMap<>(
          Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
  private double turn; // of the lane served last

  HeldFrames(ToIntFunction<String> weightOf) {
    this.weightOf = weightOf;
  }

  /**
   * One waiting record.
   *
   * @param frame what its headers call it; empty when they are missing or speak of another camera
   *     than the key
   */
  private record Held(ConsumerRecord<byte[], byte[]> record, Optional<FrameId> frame) {
    static Held of(ConsumerRecord<byte[], byte[]> record) {
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      return new Held(
          record,
          FrameHeaders.read(record.headers())
              .map(FrameHeaders::id)
              .filter(id -> id.cameraId().equals(key)));
    }

    /** A higher sequence of the same boot; across boots nobody can tell. */
    boolean isNewerThan(FrameId other) {
      return frame
          .filter(id -> id.cameraId().equals(other.cameraId()))
          .filter(id -> id.bootId().equals(other.bootId()))
          .filter(id -> id.sequence() > other.sequence())
          .isPresent();
    }

    int bytes() {
      return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
  }

  /** What waits of one partition. */
  private static final class Lane {
    private final Deque<Held> waiting = new ArrayDeque<>();
    private Optional<OffsetAndMetadata> end = Optional.empty(); // of what was fetched, until told
    private long bytes;
    private boolean stopped; // by Kafka Streams
    private double turn;

    void add(Held held) {
      waiting.add(held);
      bytes += held.bytes();
    }

    Held remove() {
      Held head = waiting.remove();
      bytes -= head.bytes();
      return head;
    }

    void clear() {
      waiting.clear();
      bytes = 0;
      end = Optional.empty();
    }

    boolean newerWaits(FrameId frame) {
      return newerWaits(frame, Long.MAX_VALUE);
    }

    boolean newerWaits(FrameId frame, long untilMillis) {
      Iterator<Held> newestFirst = waiting.descendingIterator();
      while (newestFirst.hasNext()) {
        Held held = newestFirst.next();
        if (held.isNewerThan(frame) && held.record().timestamp() <= untilMillis) {
          return true;
        }
      }
      return false;
    }
  }

  /** Takes in what was fetched. */
  synchronized void add(ConsumerRecords<byte[], byte[]> fetched) {
    for (TopicPartition partition : fetched.partitions()) {
      Lane lane = lane(partition);
      if (lane.waiting.isEmpty()) {
        lane.turn = Math.max(lane.turn, turn); // turns are not saved up in silence
      }
      fetched.records(partition).forEach(record -> lane.add(Held.of(record)));
    }
    fetched.nextOffsets().forEach((partition, end) -> lane(partition).end = Optional.of(end));
  }

  /**
   * Hands over the next record, if there is one, with the offsets that count as consumed then.
   *
   * @return one record or none
   */
  synchronized ConsumerRecords<byte[], byte[]> next() {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    nextPartition()
        .ifPresent(partition -> records.put(partition, List.of(take(lanes.get(partition)))));
    Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    lanes.forEach(
        (partition, lane) -> {
          if (lane.waiting.isEmpty() && !lane.stopped) {
            lane.end.ifPresent(end -> consumed.put(partition, end));
            lane.end = Optional.empty();
          } else if (records.containsKey(partition)) {
            ConsumerRecord<byte[], byte[]> first = lane.waiting.element().record();
            consumed.put(partition, new OffsetAndMetadata(first.offset(), first.leaderEpoch(), ""));
          }
        });
    return new ConsumerRecords<>(records, consumed);
  }

  private ConsumerRecord<byte[], byte[]> take(Lane lane) {
    turn = lane.turn;
    Held head = lane.remove();
    boolean stale = head.frame().filter(lane::newerWaits).isPresent();
    int weight = head.frame().map(frame -> weightOf.applyAsInt(frame.cameraId())).orElse(1);
    lane.turn += (stale ? STALE_TURN : 1) / weight;
    return head.record();
  }

  /** The partition whose turn it is; of equal ones the lowest. */
  private Optional<TopicPartition> nextPartition() {
    return lanes.entrySet().stream()
        .filter(lane -> !lane.getValue().stopped && !lane.getValue().waiting.isEmpty())
        .min(Comparator.comparingDouble(lane -> lane.getValue().turn))
        .map(Map.Entry::getKey);
  }

  /** The partition whose newest known frame would be handed over next; empty otherwise. */
  synchronized Optional<TopicPartition> nextIsNewestOf() {
    return nextPartition()
        .filter(
            partition -> {
              Lane lane = lanes.get(partition);
              return lane.waiting.element().frame().filter(lane::newerWaits).isEmpty();
            });
  }

  /** Whether a record waits that may be handed over. */
  synchronized boolean hasNext() {
    return nextPartition().isPresent();
  }

  /** Whether no more is to be fetched for now. */
  synchronized boolean isFull() {
    return lanes.values().stream().mapToLong(lane -> lane.bytes).sum() >= MAX_BYTES;
  }

  /** Offset of the first record of a partition that waits; empty when none does. */
  synchronized Optional<Long> position(TopicPartition partition) {
    return Optional.ofNullable(lanes.get(partition))
        .map(lane -> lane.waiting.peek())
        .map(held -> held.record().offset());
  }

  /**
   * Whether a newer frame of the same camera and boot waits behind the record at {@code origin},
   * appended no later than {@code untilMillis}.
   */
  synchronized boolean newerWaits(Origin origin, FrameId frame, long untilMillis) {
    Lane lane = lanes.get(new TopicPartition(origin.topic(), origin.partition()));
    return lane != null && lane.newerWaits(frame, untilMillis);
  }

  /** Forgets partitions, because they went away or will be read from elsewhere. */
  synchronized void drop(Collection<TopicPartition> partitions) {
    partitions.forEach(lanes::remove);
  }

  /** Forgets what waits of a partition; whether it is stopped stays. */
  synchronized void rewind(TopicPartition partition) {
    lane(partition).clear();
  }

  /** Forgets everything. */
  synchronized void clear() {
    lanes.clear();
  }

  /** Hands over nothing of these partitions until they go on. */
  synchronized void stop(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> lane(partition).stopped = true);
  }

  /** Hands over records of these partitions again. */
  synchronized void goOn(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> lane(partition).stopped = false);
  }

  /** Partitions that are stopped. */
  synchronized Set<TopicPartition> stopped() {
    return lanes.entrySet().stream()
        .filter(lane -> lane.getValue().stopped)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private Lane lane(TopicPartition partition) {
    return lanes.computeIfAbsent(partition, unknown -> new Lane());
  }
}
