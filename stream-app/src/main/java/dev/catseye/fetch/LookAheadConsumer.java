package dev.catseye.fetch;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that fetches all that waits, but returns one record per poll. Whoever works on that
 * record can so be told what waits behind it, which the record alone does not say, and what came
 * during the work is known at the next poll. Positions, pauses and offsets are those of the records
 * returned, never of those fetched: Kafka Streams commits no record that it was not given. What
 * waits is forgotten when its partition goes away or is read from another offset. Used by one
 * thread.
 */
final class LookAheadConsumer extends KafkaConsumer<byte[], byte[]> {
  /** Time without a poll after which records may have come that no fetch has brought yet. */
  private static final long BUSY_NANOS = Duration.ofMillis(10).toNanos();

  /** Time for a fetch that finds records at the broker; without any, the wait is in vain. */
  private static final Duration LOOK = Duration.ofMillis(5);

  private static final int MOST_LOOKS = 10; // 50 ms, should fetches be slow

  private final HeldFrames held;
  private long returnedNanos = System.nanoTime();

  /**
   * A consumer that is subscribed to nothing yet.
   *
   * @param held where fetched records wait; of this consumer alone
   */
  LookAheadConsumer(Map<String, Object> config, HeldFrames held) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.held = held;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    long begun = System.nanoTime();
    boolean wasBusy = begun - returnedNanos >= BUSY_NANOS;
    fetch(held.hasNext() ? Duration.ZERO : timeout);
    boolean isFresh = System.nanoTime() - begun >= LOOK.toNanos(); // it came while we waited for it
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      if (!mayBeBehind(wasBusy && !isFresh && looks == 0)) {
        break;
      }
      fetch(LOOK);
    }
    ConsumerRecords<byte[], byte[]> next = held.next();
    returnedNanos = System.nanoTime();
    return next;
  }

  /** Fetches into the held records; without room for more, only keeps the membership alive. */
  private void fetch(Duration timeout) {
    if (held.isFull()) {
      Set<TopicPartition> all = assignment();
      super.pause(all);
      held.add(super.poll(Duration.ZERO));
      super.resume(assignment());
    } else {
      held.add(super.poll(timeout));
    }
  }

  /** Whether a newer frame than the next one may lie at the broker. */
  private boolean mayBeBehind(boolean unlooked) {
    Optional<TopicPartition> newest = held.nextIsNewestOf();
    return newest.isPresent()
        && !held.isFull()
        && (unlooked || super.currentLag(newest.get()).orElse(0) > 0);
  }

  @Override
  public long position(TopicPartition partition) {
    return held.position(partition).orElseGet(() -> super.position(partition));
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    held.stop(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    held.goOn(partitions);
  }

  @Override
  public Set<TopicPartition> paused() {
    return held.stopped();
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    held.rewind(partition);
    super.seek(partition, offset);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offset) {
    held.rewind(partition);
    super.seek(partition, offset);
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(held::rewind);
    super.seekToBeginning(partitions);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    partitions.forEach(held::rewind);
    super.seekToEnd(partitions);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Forgetting(listener));
  }

  @Override
  public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Forgetting(listener));
  }

  @Override
  public void unsubscribe() {
    super.unsubscribe();
    held.clear();
  }

  /** Forgets what waits of partitions that come or go, before anybody else hears of it. */
  private final class Forgetting implements ConsumerRebalanceListener {
    private final ConsumerRebalanceListener listener; // borrowed

    Forgetting(ConsumerRebalanceListener listener) {
      this.listener = listener;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      held.drop(partitions);
      listener.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      held.drop(partitions);
      listener.onPartitionsLost(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      held.drop(partitions);
      listener.onPartitionsAssigned(partitions);
    }
  }
}
