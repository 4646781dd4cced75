package dev.catseye.streambench;

import dev.catseye.tools.ClientConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that a transactional consumer and producer can do, in a process of its own, started by
 * {@link RawClient}: for every record one of a fixed size to the same partition of another topic,
 * with the same key and headers. Prints {@code READY} when it has partitions, and runs until its
 * standard input ends.
 */
final class RawClientMain {
  private static final Duration COMMIT = Duration.ofMillis(20); // as perceive
  private static final Duration IDLE_POLL = Duration.ofMillis(100); // as Streams
  private static final int MIB = 1 << 20;

  private final String output;
  private final byte[] value;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaProducer<byte[], byte[]> producer;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private long committedNanos = System.nanoTime();
  private volatile boolean stopped;

  private RawClientMain(String bootstrapServers, String output, int valueBytes) {
    this.output = output;
    this.value = new byte[valueBytes];
    new SplittableRandom(1).nextBytes(value);
    ClientConfig client = ClientConfig.of(bootstrapServers);
    this.consumer =
        new KafkaConsumer<>(
            client.with(consumerSettings()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    this.producer =
        new KafkaProducer<>(
            client.with(producerSettings()), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Arguments: bootstrap servers, topic to read, topic to write, bytes of what is written. */
  public static void main(String[] args) {
    try {
      RawClientMain client = new RawClientMain(args[0], args[2], Integer.parseInt(args[3]));
      Thread end = new Thread(client::awaitEnd, "end-of-input");
      end.setDaemon(true);
      end.start();
      client.run(args[1]);
    } catch (RuntimeException e) {
      System.err.println("catseye: " + e.getMessage()); // the last words, which the parent shows
      System.exit(1);
    }
  }

  private void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        // nothing is ever said to us: we wait for the end, which is the end of our parent
      }
    } catch (IOException e) {
      System.err.println("catseye: the parent is gone: " + e.getMessage());
    }
    stopped = true;
  }

  /** What the profile live sets for perceive, whose frames these are. */
  private static Map<String, Object> consumerSettings() {
    return Map.of(
        ConsumerConfig.GROUP_ID_CONFIG,
        "raw-client",
        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
        "read_committed",
        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
        false,
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
        "earliest",
        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
        64,
        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
        8 * MIB,
        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
        32 * MIB,
        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
        MIB);
  }

  private static Map<String, Object> producerSettings() {
    return Map.of(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        "raw-client",
        ProducerConfig.LINGER_MS_CONFIG,
        0,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "none",
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
        10 * MIB,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        64L * MIB);
  }

  private void run(String input) {
    try (producer;
        consumer) {
      producer.initTransactions();
      consumer.subscribe(List.of(input), new Ready());
      while (!stopped) {
        consumer.poll(uncommitted.isEmpty() ? IDLE_POLL : untilCommit()).forEach(this::pass);
        if (!uncommitted.isEmpty() && untilCommit().isZero()) {
          commit();
        }
      }
      if (!uncommitted.isEmpty()) {
        commit();
      }
    }
  }

  private Duration untilCommit() {
    Duration left = COMMIT.minusNanos(System.nanoTime() - committedNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails when a record did
  private void pass(ConsumerRecord<byte[], byte[]> record) {
    if (uncommitted.isEmpty()) {
      producer.beginTransaction();
    }
    producer.send(
        new ProducerRecord<>(
            output, record.partition(), null, record.key(), value, record.headers()));
    uncommitted.put(
        new TopicPartition(record.topic(), record.partition()),
        new OffsetAndMetadata(record.offset() + 1));
  }

  private void commit() {
    producer.sendOffsetsToTransaction(uncommitted, consumer.groupMetadata());
    producer.commitTransaction();
    uncommitted.clear();
    committedNanos = System.nanoTime();
  }

  /** Tells the parent once there are partitions. */
  private static final class Ready implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      System.out.println("READY");
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      // the only member of its group keeps them until it ends
    }
  }
}
