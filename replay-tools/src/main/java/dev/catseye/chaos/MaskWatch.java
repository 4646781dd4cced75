package dev.catseye.chaos;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Writes committed masks into a {@link Transcript} as they appear, on a thread of its own. */
final class MaskWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Topics topics;
  private final Transcript transcript; // borrowed
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::watch, "mask-watch");
  private final AtomicReference<Mask> sample = new AtomicReference<>();

  private MaskWatch(ClientConfig client, Topics topics, Transcript transcript) {
    this.topics = topics;
    this.transcript = transcript;
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
  static MaskWatch start(ClientConfig client, Topics topics, Transcript transcript) {
    MaskWatch watch = new MaskWatch(client, topics, transcript);
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
        // a broker is away, which is what this run is about
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
    if (mask.outcome() == Outcome.DETECTED) {
      sample.compareAndSet(null, mask);
    }
    transcript.answered(
        mask.origin(),
        new Answer(
            mask.outcome(),
            mask.reason(),
            mask.instanceId(),
            record.timestamp(),
            mask.stages().infer()));
  }

  /** Some DETECTED mask of the run, if there was one. */
  Optional<Mask> sample() {
    return Optional.ofNullable(sample.get());
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
