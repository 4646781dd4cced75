package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;

/**
 * One topic of ours: what it carries and how it is created.
 *
 * @param <T> value type
 * @param name full name, prefix included
 * @param serde serde of the values; keys are UTF-8 text
 * @param partitions partitions when we create it, 1 or more
 * @param retention how long records are kept after they were appended
 * @param retentionBytes bytes kept per partition, above which the oldest go first
 * @param maxBytes largest record batch in bytes, and so nearly the largest value
 * @param keyMeaning what the key names
 */
public record Topic<T>(
    String name,
    Serde<T> serde,
    int partitions,
    Duration retention,
    long retentionBytes,
    int maxBytes,
    String keyMeaning) {

  /** Kafka deletes whole segments: with eight, what is kept exceeds its bounds by an eighth. */
  private static final int SEGMENTS = 8;

  private static final long MAX_SEGMENT_BYTES = 1L << 30; // Kafka's own default

  public Topic {
    Checks.topicName(name, "topic");
    requireNonNull(serde, "serde");
    Checks.within(partitions, 1, 10_000, "partitions");
    Checks.require(retention.toMillis() >= SEGMENTS, "retention %s is too short", retention);
    Checks.within(maxBytes, 1, 64 << 20, "largest record");
    Checks.within(retentionBytes, (long) SEGMENTS * maxBytes, Long.MAX_VALUE, "retention bytes");
    requireNonNull(keyMeaning, "keyMeaning");
  }

  /** The same topic with another number of partitions. */
  public Topic<T> withPartitions(int count) {
    return new Topic<>(name, serde, count, retention, retentionBytes, maxBytes, keyMeaning);
  }

  /**
   * Settings that the topic needs on the broker. Record time is the time of appending: with capture
   * time in it the broker would delete a replayed old drive within minutes.
   */
  public Map<String, String> config() {
    return Map.of(
        TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime",
        TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
        TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()),
        TopicConfig.SEGMENT_MS_CONFIG, Long.toString(retention.toMillis() / SEGMENTS),
        TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(retentionBytes),
        TopicConfig.SEGMENT_BYTES_CONFIG,
            Long.toString(Math.min(MAX_SEGMENT_BYTES, retentionBytes / SEGMENTS)),
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
  }

  /**
   * What Kafka's admin client needs to create it.
   *
   * @param replication copies of each partition, 1 or more
   */
  public NewTopic toNewTopic(short replication) {
    return new NewTopic(name, partitions, replication).configs(config());
  }
}
