package dev.catseye.record;

import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.Topic;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** The records of a topic as ours, from its beginning to its present end. */
final class CommittedRecords {
  private final TopicReader reader;

  /**
   * @param reader borrowed
   */
  CommittedRecords(TopicReader reader) {
    this.reader = reader;
  }

  /**
   * Hands each record to {@code sink}.
   *
   * @throws ToolException if the topic is not there, or a record is none of ours
   */
  <T> void forEach(Topic<T> topic, Consumer<T> sink) {
    Map<TopicPartition, Long> ends = reader.ends(reader.partitions(List.of(topic.name())));
    Deserializer<T> deserializer = topic.serde().deserializer();
    reader.read(ends, record -> sink.accept(value(topic.name(), deserializer, record)));
  }

  private static <T> T value(
      String topic, Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> record) {
    try {
      return deserializer.deserialize(topic, record.value());
    } catch (RecordException e) {
      throw new ToolException(
          "%s-%d@%d: %s".formatted(topic, record.partition(), record.offset(), e.getMessage()), e);
    }
  }
}
