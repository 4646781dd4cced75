package dev.catseye.traffic;

import dev.catseye.schemas.Topic;
import dev.catseye.tools.ClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Tells of committed records of a topic as they appear, on a thread of its own. */
public final class RecordWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<ConsumerRecord<byte[], byte[]>> listener; // borrowed
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread;

  private RecordWatch(
      ClientConfig client, Topic<?> topic, Consumer<ConsumerRecord<byte[], byte[]>> listener) {
    this.listener = listener;
    this.thread = new Thread(this::watch, topic.name() + "-watch");
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

  /**
   * Begins to watch, from the start of the topic.
   *
   * @param topic with as many partitions as in the catalogue
   * @param listener is called on the thread of the watch
   */
  public static RecordWatch start(
      ClientConfig client, Topic<?> topic, Consumer<ConsumerRecord<byte[], byte[]>> listener) {
    RecordWatch watch = new RecordWatch(client, topic, listener);
    List<TopicPartition> partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(number -> new TopicPartition(topic.name(), number))
            .toList();
    watch.consumer.assign(partitions);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (true) {
      try {
        consumer.poll(POLL).forEach(listener);
      } catch (WakeupException e) {
        consumer.close();
        return; // asked to stop
      } catch (KafkaException e) {
        // a broker is away; it is asked again
      }
    }
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
