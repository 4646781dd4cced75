package dev.catseye.app;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The outside world of the service: sends frames and reads what was committed. */
final class Wire implements AutoCloseable {
  private final String bootstrapServers;
  private final Topics topics;
  private final KafkaProducer<String, byte[]> producer;

  Wire(String bootstrapServers, Topics topics) {
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "max.request.size", 16 << 20),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** Makes all topics of the catalogue. */
  void createTopics() throws ExecutionException, InterruptedException {
    create(topics.all());
  }

  /** The same with another number of partitions. */
  void createTopics(int partitions) throws ExecutionException, InterruptedException {
    create(topics.all().stream().<Topic<?>>map(topic -> topic.withPartitions(partitions)).toList());
  }

  /** Makes one topic, once the broker has forgotten an earlier one of its name. */
  void createTopic(Topic<?> topic) throws ExecutionException, InterruptedException {
    create(List.of(topic));
  }

  private void create(List<Topic<?>> topics) throws ExecutionException, InterruptedException {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
      List<NewTopic> all = topics.stream().map(topic -> topic.toNewTopic((short) 1)).toList();
      admin.createTopics(all).all().get();
    }
  }

  /** Sends a frame under its camera. */
  RecordMetadata send(Frame frame) throws ExecutionException, InterruptedException {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topics.frames().name(), frame.id().cameraId(), Frames.write(frame));
    FrameHeaders.write(frame, record.headers());
    return producer.send(record).get();
  }

  /** Sends a frame under its camera to a partition of the sender's choice. */
  RecordMetadata send(Frame frame, int partition) throws ExecutionException, InterruptedException {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            topics.frames().name(), partition, frame.id().cameraId(), Frames.write(frame));
    FrameHeaders.write(frame, record.headers());
    return producer.send(record).get();
  }

  /** Sends any bytes to topic frames. */
  RecordMetadata send(String key, byte[] value) throws ExecutionException, InterruptedException {
    return producer.send(new ProducerRecord<>(topics.frames().name(), key, value)).get();
  }

  /** Committed records that are there now. */
  <T> List<ConsumerRecord<String, T>> committed(Topic<T> topic) {
    List<ConsumerRecord<String, T>> records = new ArrayList<>();
    try (KafkaConsumer<String, T> consumer = consumer(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** Reads committed records from the beginning until {@code enough} holds, or fails. */
  <T> List<ConsumerRecord<String, T>> read(
      Topic<T> topic, Duration patience, Predicate<List<ConsumerRecord<String, T>>> enough) {
    List<ConsumerRecord<String, T>> records = new ArrayList<>();
    Instant end = Instant.now().plus(patience);
    try (KafkaConsumer<String, T> consumer = consumer(topic)) {
      while (!enough.test(records)) {
        if (Instant.now().isAfter(end)) {
          throw new AssertionError(
              "not enough on %s after %s: %s"
                  .formatted(
                      topic.name(),
                      patience,
                      records.stream().map(ConsumerRecord::value).toList()));
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  /** At the beginning of every partition of that topic. */
  private <T> KafkaConsumer<String, T> consumer(Topic<T> topic) {
    KafkaConsumer<String, T> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.partition.fetch.bytes",
                16 << 20),
            new StringDeserializer(),
            topic.serde().deserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream().map(Wire::partition).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }

  @Override
  public void close() {
    producer.close();
  }
}
