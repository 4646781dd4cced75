package dev.catseye.traffic;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Tells of committed masks as they appear, on a thread of its own. */
public final class MaskWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Hears of masks, on the thread of the watch. */
  public interface Listener {
    /**
     * A mask is visible to readers of committed records.
     *
     * @param appendedMillis when the broker appended it, since 1970-01-01 UTC
     */
    void seen(Mask mask, long appendedMillis);
  }

  private final Topics topics;
  private final Listener listener; // borrowed
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::watch, "mask-watch");

  private MaskWatch(ClientConfig client, Topics topics, Listener listener) {
    this.topics = topics;
    this.listener = listener;
    this.consumer =
        new KafkaConsumer<>(
            client.with(
                Map.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Begins to watch, from the start of the topic. */
  public static MaskWatch start(ClientConfig client, Topics topics, Listener listener) {
    MaskWatch watch = new MaskWatch(client, topics, listener);
    List<TopicPartition> partitions =
        IntStream.range(0, topics.masks().partitions())
            .mapToObj(number -> new TopicPartition(topics.masks().name(), number))
            .toList();
    watch.consumer.assign(partitions);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (true) {
      try {
        consumer.poll(POLL).forEach(this::see);
      } catch (WakeupException e) {
        consumer.close();
        return; // asked to stop
      } catch (KafkaException e) {
        // a broker is away; it is asked again
      }
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    Mask mask;
    try {
      mask = topics.masks().serde().deserializer().deserialize(record.topic(), record.value());
    } catch (SerializationException e) {
      return; // a matter for the checker
    }
    listener.seen(mask, record.timestamp());
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
