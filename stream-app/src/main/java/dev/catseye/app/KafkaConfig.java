package dev.catseye.app;

import dev.catseye.config.Settings;
import dev.catseye.config.Similar;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How brokers are reached: every setting below {@code kafka.} goes to every client unchanged, TLS
 * and SASL included. Values may be secrets and are never printed.
 */
final class KafkaConfig {
  /** Settings on which the guarantees rest and that no profile changes. */
  private static final Set<String> FIXED =
      Set.of(
          "acks",
          "application.id",
          "client.id",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "group.instance.id",
          "isolation.level",
          "processing.guarantee",
          "transactional.id");

  private final Map<String, String> values;

  private KafkaConfig(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * Reads the settings below {@code kafka.}.
   *
   * @param ofProfile names that the profile sets; to set them here as well is a mistake, not a way
   */
  static KafkaConfig from(Settings settings, Set<String> ofProfile) {
    Map<String, String> values =
        settings.group(
            "kafka.",
            "what Kafka's clients know",
            "passed to every Kafka client, such as `kafka.bootstrap.servers` (default"
                + " `localhost:9092`), `kafka.security.protocol`, `kafka.sasl.jaas.config`");
    Set<String> known = knownNames();
    Set<String> ours = new TreeSet<>(FIXED);
    ours.addAll(ofProfile);
    values.keySet().forEach(key -> check(key, ours, known, settings));
    values.putIfAbsent(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    return new KafkaConfig(values);
  }

  private static void check(String key, Set<String> ours, Set<String> known, Settings settings) {
    String plain =
        key.replaceFirst("^((main|restore|global)\\.consumer|consumer|producer|admin)\\.", "");
    if (ours.contains(plain)) {
      settings.problem("kafka." + key + ": is set by the profile and cannot be changed");
    } else if (!known.contains(plain)) {
      // A name of nobody's may belong to a plug-in; a misspelt one of Kafka's does not.
      Similar.to(plain, known)
          .ifPresent(
              name ->
                  settings.problem(
                      "kafka." + key + " is no Kafka setting; did you mean kafka." + name + "?"));
    }
  }

  private static Set<String> knownNames() {
    Set<String> names = new TreeSet<>(ConsumerConfig.configNames());
    names.addAll(ProducerConfig.configNames());
    names.addAll(AdminClientConfig.configNames());
    names.addAll(StreamsConfig.configDef().names());
    return names;
  }

  String bootstrapServers() {
    return values.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
  }

  /** Settings for Kafka Streams, which hands them on to its clients. */
  Map<String, Object> streams() {
    return new HashMap<>(values);
  }

  /** Settings for an admin client. */
  Map<String, Object> admin() {
    return client("admin.", AdminClientConfig.configNames());
  }

  /** Settings for a producer. */
  Map<String, Object> producer() {
    return client("producer.", ProducerConfig.configNames());
  }

  /** What a client of one kind knows, what is prefixed for it, and what nobody knows. */
  private Map<String, Object> client(String prefix, Set<String> own) {
    Set<String> known = knownNames();
    Map<String, Object> settings = new HashMap<>();
    values.forEach(
        (key, value) -> {
          boolean ofPlugin =
              !known.contains(key) && !key.matches("(.*\\.)?(consumer|producer|admin)\\..*");
          if (own.contains(key) || ofPlugin) {
            settings.put(key, value);
          }
        });
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            settings.put(key.substring(prefix.length()), value);
          }
        });
    return settings;
  }

  /** Names only: values may be secrets. */
  @Override
  public String toString() {
    return "KafkaConfig" + values.keySet();
  }
}
