package dev.catseye.alarmlevel;

import dev.catseye.evaluate.GroundTruths;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.TopicReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;

/**
 * Compares what lies on alarms with the obstacles of ground-truth, up to the ends that the topics
 * have now. Reads committed records, joins no group.
 */
public final class AlarmEvaluator {
  private final ClientConfig client;
  private final Topics topics;
  private final Optional<String> plan;

  /**
   * An evaluator of one cluster's topics.
   *
   * @param plan the plan whose masks and alarms count; empty for all
   */
  public AlarmEvaluator(ClientConfig client, Topics topics, Optional<String> plan) {
    this.client = client;
    this.topics = topics;
    this.plan = plan;
  }

  /**
   * Reads the topics and compares.
   *
   * @throws dev.catseye.tools.ToolException if a topic cannot be read, or ground truth is damaged
   */
  public AlarmEvaluation evaluate(ObstacleRule rule) {
    GroundTruths truths = new GroundTruths();
    DetectedFrames detected = new DetectedFrames(plan);
    AlarmSteps steps = new AlarmSteps(plan);
    try (TopicReader reader = new TopicReader(client, IsolationLevel.READ_COMMITTED)) {
      read(reader, topics.groundTruth(), truths::add, Optional.empty());
      read(reader, topics.masks(), detected::add, Optional.of(detected::addUnreadable));
      read(reader, topics.alarms(), steps::add, Optional.of(steps::addUnreadable));
    }
    return AlarmEvaluation.of(truths, detected, steps, rule);
  }

  /**
   * Reads one topic.
   *
   * @param unreadable counts a record that cannot be read; empty: it is an error
   */
  private static <T> void read(
      TopicReader reader, Topic<T> topic, Consumer<T> sink, Optional<Runnable> unreadable) {
    reader.read(
        reader.ends(reader.partitions(List.of(topic.name()))),
        record -> {
          T value;
          try {
            value = topic.serde().deserializer().deserialize(topic.name(), record.value());
          } catch (RecordException e) {
            unreadable.orElseThrow(() -> e).run();
            return;
          }
          sink.accept(value);
        });
  }
}
