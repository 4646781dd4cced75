package dev.catseye.app;

import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks before the start whether brokers answer and the topics are as the catalogue wants them. */
final class TopicCheck {
  private final Admin admin; // borrowed
  private final KafkaConfig kafka;
  private final Duration timeout;

  TopicCheck(Admin admin, KafkaConfig kafka, Duration timeout) {
    this.admin = admin;
    this.kafka = kafka;
    this.timeout = timeout;
  }

  /** The topics that processes of these roles read or write. */
  static List<Topic<?>> topicsOf(Set<Role> roles, Topics topics) {
    Set<Topic<?>> needed = new LinkedHashSet<>(List.of(topics.frames(), topics.masks()));
    if (roles.contains(Role.PERCEIVE)) {
      needed.add(topics.rejects());
    }
    if (roles.contains(Role.JUDGE)) {
      needed.addAll(List.of(topics.alarms(), topics.health()));
    }
    needed.add(topics.heartbeats());
    return List.copyOf(needed);
  }

  /**
   * Checks {@code needed}; the first is topic frames.
   *
   * @return number of partitions of topic frames
   * @throws StartException if no broker answers or a topic is not as needed, with all that is wrong
   */
  int require(List<Topic<?>> needed, String prefix) throws InterruptedException {
    answer(admin.describeCluster().clusterId());
    Map<Topic<?>, TopicDescription> found = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    for (Topic<?> topic : needed) {
      try {
        found.put(
            topic,
            answer(
                admin.describeTopics(List.of(topic.name())).topicNameValues().get(topic.name())));
      } catch (MissingTopic e) {
        problems.add("topic " + topic.name() + " does not exist");
      }
    }
    for (Topic<?> topic : found.keySet()) {
      checkConfig(topic, problems);
    }
    checkPartitions(needed, found, problems);
    if (!problems.isEmpty()) {
      throw new StartException(
          String.format(
              "the topics are not as needed:%n  - %s%nmake them with: catseye topics create"
                  + " --bootstrap-server %s%s",
              String.join(System.lineSeparator() + "  - ", problems),
              kafka.bootstrapServers(),
              prefix.isEmpty() ? "" : " --prefix " + prefix),
          null);
    }
    return found.get(needed.get(0)).partitions().size();
  }

  private void checkConfig(Topic<?> topic, List<String> problems) throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    Config config = answer(admin.describeConfigs(List.of(resource)).values().get(resource));
    String maxBytes = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value();
    if (Long.parseLong(maxBytes) < topic.maxBytes()) {
      problems.add(
          String.format(
              "topic %s: max.message.bytes is %s, needs %d or more",
              topic.name(), maxBytes, topic.maxBytes()));
    }
    String timestampType = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value();
    if (!timestampType.equals("LogAppendTime")) {
      problems.add(
          String.format(
              "topic %s: message.timestamp.type is %s, needs LogAppendTime (retention would delete"
                  + " replayed drives)",
              topic.name(), timestampType));
    }
  }

  /** Frames, masks, alarms and health are partitioned alike; heartbeats and rejects need not be. */
  private static void checkPartitions(
      List<Topic<?>> needed, Map<Topic<?>, TopicDescription> found, List<String> problems) {
    TopicDescription frames = found.get(needed.get(0));
    for (Topic<?> topic : found.keySet()) {
      boolean alike = topic.partitions() == needed.get(0).partitions();
      int partitions = found.get(topic).partitions().size();
      if (frames != null && alike && partitions != frames.partitions().size()) {
        problems.add(
            String.format(
                "topic %s has %d partitions, topic %s has %d: they must be the same",
                topic.name(), partitions, frames.name(), frames.partitions().size()));
      }
    }
  }

  private <T> T answer(KafkaFuture<T> future) throws InterruptedException {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new MissingTopic();
      }
      throw new StartException(unreachable(": " + e.getCause().getMessage()), e.getCause());
    } catch (TimeoutException e) {
      throw new StartException(unreachable(""), e);
    }
  }

  private String unreachable(String why) {
    return String.format(
        "no Kafka broker answers at %s within %d s%s (kafka.bootstrap.servers, start.timeout)",
        kafka.bootstrapServers(), timeout.toSeconds(), why);
  }

  /** The broker does not know the topic. */
  private static final class MissingTopic extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingTopic() {
      super(null, null, false, false);
    }
  }
}
