package dev.catseye.tools;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole partitions as bytes, by assignment: joins no group and commits nothing, so that it
 * disturbs nobody. One thread at a time.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30); // without any progress
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int MAX_RECORD_BYTES = 16 << 20; // twice the largest record of our topics

  private final String servers;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * A reader for one thread.
   *
   * @param isolation READ_COMMITTED for what is true, READ_UNCOMMITTED for what was tried as well
   */
  public TopicReader(ClientConfig config, IsolationLevel isolation) {
    Map<String, Object> settings =
        config.with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                MAX_RECORD_BYTES,
                ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                1 << 20));
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    this.servers = config.bootstrapServers();
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * All partitions of these topics.
   *
   * @throws ToolException if one of the topics does not exist
   */
  public Set<TopicPartition> partitions(Collection<String> topics) {
    Map<String, List<PartitionInfo>> known = consumer.listTopics(PATIENCE);
    Set<String> missing = new TreeSet<>(topics);
    missing.removeAll(known.keySet());
    if (!missing.isEmpty()) {
      throw new ToolException(
          "Kafka at %s has no topic %s; `catseye topics create` makes all of them"
              .formatted(servers, String.join(", ", missing)));
    }
    return topics.stream()
        .flatMap(topic -> known.get(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .collect(Collectors.toSet());
  }

  /** First offsets that are still there. */
  public Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions);
  }

  /** Ends: of the log, or, for a reader of committed records, of what it may see. */
  public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
    return consumer.endOffsets(partitions);
  }

  /**
   * Hands every record below the given ends to {@code sink}, in order within each partition.
   * Offsets may have gaps: transaction markers take some, and compaction others.
   *
   * @throws ToolException if nothing moves for 30 s
   */
  public void read(Map<TopicPartition, Long> ends, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    Set<TopicPartition> open = new HashSet<>(ends.keySet());
    consumer.assign(open);
    consumer.seekToBeginning(open);
    open.removeIf(partition -> consumer.position(partition) >= ends.get(partition));
    consumer.assign(open); // keeps the positions
    long lastProgress = System.nanoTime();
    while (!open.isEmpty()) {
      boolean moved = false;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
          sink.accept(record);
          moved = true;
        }
      }
      if (open.removeIf(partition -> consumer.position(partition) >= ends.get(partition))) {
        consumer.assign(open);
        moved = true;
      }
      lastProgress = moved ? System.nanoTime() : lastProgress;
      if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
        throw new ToolException(
            "reading %s stopped: no record for %d s".formatted(open, PATIENCE.toSeconds()));
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
