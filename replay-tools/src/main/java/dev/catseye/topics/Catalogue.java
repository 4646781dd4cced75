package dev.catseye.topics;

import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Our topics on one cluster. */
public final class Catalogue {
  private static final short CLUSTER_DEFAULT = -1; // lets the cluster choose the number of copies
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(10); // usually milliseconds

  private final Cluster cluster;
  private final List<Topic<?>> wanted;

  /**
   * @param cluster borrowed
   * @param partitions of every topic that has one partition per group of cameras; empty for the
   *     catalogue's number
   */
  public Catalogue(Cluster cluster, Topics topics, Optional<Integer> partitions) {
    this.cluster = cluster;
    this.wanted = new ArrayList<>();
    for (Topic<?> topic : topics.all()) {
      boolean perCamera = topic.partitions() == topics.frames().partitions();
      wanted.add(
          partitions.isPresent() && perCamera ? topic.withPartitions(partitions.get()) : topic);
    }
  }

  /**
   * Creates what is missing, leaves the rest as it is, and waits until the brokers know it.
   *
   * @return the topics that were created
   * @throws ToolException if a created topic is not known within ten seconds
   */
  public List<Topic<?>> create() throws InterruptedException {
    Set<String> there = names();
    List<Topic<?>> missing = new ArrayList<>(wanted);
    missing.removeIf(topic -> there.contains(topic.name()));
    List<NewTopic> creations =
        missing.stream().map(topic -> topic.toNewTopic(CLUSTER_DEFAULT)).toList();
    cluster.ask(cluster.admin().createTopics(creations).all());
    awaitKnown(missing.stream().map(Topic::name).toList());
    return missing;
  }

  /** The controller answers before the brokers have heard of a new topic. */
  private void awaitKnown(List<String> created) throws InterruptedException {
    long end = System.nanoTime() + KNOWN_WITHIN.toNanos();
    while (!names().containsAll(created)) {
      if (System.nanoTime() > end) {
        throw new ToolException(
            "the brokers do not know all of %s, %d s after they were created"
                .formatted(created, KNOWN_WITHIN.toSeconds()));
      }
      Thread.sleep(20);
    }
  }

  /** Every way in which the cluster differs from the catalogue, one line each. */
  public List<String> deviations() throws InterruptedException {
    Map<String, TopicState> states = states(cluster, wanted.stream().map(Topic::name).toList());
    List<String> found = new ArrayList<>();
    for (Topic<?> topic : wanted) {
      TopicState state = states.get(topic.name());
      found.addAll(state == null ? List.of(topic.name() + ": missing") : state.deviations(topic));
    }
    return found;
  }

  /** Number of topics in the catalogue. */
  public int size() {
    return wanted.size();
  }

  private Set<String> names() throws InterruptedException {
    return cluster.ask(cluster.admin().listTopics().names());
  }

  /** The topics of {@code names} that exist. */
  public static Map<String, TopicState> states(Cluster cluster, List<String> names)
      throws InterruptedException {
    List<String> there = new ArrayList<>(names);
    there.retainAll(cluster.ask(cluster.admin().listTopics().names()));
    List<ConfigResource> resources =
        there.stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
    Map<String, TopicDescription> topics =
        cluster.ask(cluster.admin().describeTopics(there).allTopicNames());
    Map<ConfigResource, Config> configs =
        cluster.ask(cluster.admin().describeConfigs(resources).all());
    Map<String, TopicState> states = new HashMap<>();
    configs.forEach(
        (resource, config) ->
            states.put(resource.name(), state(topics.get(resource.name()), config)));
    return states;
  }

  private static TopicState state(TopicDescription topic, Config config) {
    return new TopicState(
        topic.partitions().size(),
        Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
        config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value(),
        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value());
  }
}
