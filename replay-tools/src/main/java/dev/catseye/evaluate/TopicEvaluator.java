package dev.catseye.evaluate;

import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.TopicReader;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;

/**
 * Evaluates what lies on masks against ground-truth, up to the ends both have now. Reads committed
 * records, joins no group.
 */
public final class TopicEvaluator {
  private final ClientConfig client;
  private final Topics topics;
  private final Optional<String> plan;

  /**
   * An evaluator of one cluster's topics.
   *
   * @param plan the plan whose masks count; empty where there is only one
   */
  public TopicEvaluator(ClientConfig client, Topics topics, Optional<String> plan) {
    this.client = client;
    this.topics = topics;
    this.plan = plan;
  }

  /**
   * Reads both topics and scores every labelled frame.
   *
   * @throws dev.catseye.tools.ToolException if a topic cannot be read, ground truth is damaged, a
   *     score is not a number, or several plans lie there and none was named
   */
  public TopicEvaluation evaluate(EvaluationSettings settings) {
    try (TopicReader reader = new TopicReader(client, IsolationLevel.READ_COMMITTED)) {
      GroundTruths truths = new GroundTruths();
      Topic<GroundTruth> labels = topics.groundTruth();
      reader.read(
          reader.ends(reader.partitions(List.of(labels.name()))),
          record -> truths.add(value(labels, record)));
      MaskJoin join = new MaskJoin(truths, plan, new Evaluation(settings));
      reader.read(
          reader.ends(reader.partitions(List.of(topics.masks().name()))),
          record -> add(record, join));
      return join.end();
    }
  }

  private void add(ConsumerRecord<byte[], byte[]> record, MaskJoin join) {
    Mask mask;
    try {
      mask = value(topics.masks(), record);
    } catch (RecordException e) {
      join.addUnreadable();
      return;
    }
    join.add(mask);
  }

  private static <T> T value(Topic<T> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.serde().deserializer().deserialize(topic.name(), record.value());
  }
}
