package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catseye.config.ConfigException;
import dev.catseye.config.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceConfigTest {
  private static ServiceConfig read(Map<String, String> values, int cores) {
    Settings settings = Settings.of(values, Map.of());
    ServiceConfig config = ServiceConfig.from(settings, cores);
    settings.finish();
    return config;
  }

  private static List<String> problems(Map<String, String> values, int cores) {
    return catchThrowableOfType(ConfigException.class, () -> read(values, cores)).problems();
  }

  @Test
  void bundleAlone_isEnough() {
    ServiceConfig config = read(Map.of("bundle", "starter"), 4);
    assertThat(config.roles()).containsExactly(Role.PERCEIVE, Role.JUDGE);
    assertThat(config.profile()).isInstanceOf(LiveProfile.class);
    assertThat(config.inference().threads()).isEqualTo(4);
    assertThat(config.inference().batch()).isEqualTo(1);
    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
  }

  @Test
  void judgeAlone_needsNoBundle() {
    assertThat(read(Map.of("roles", "judge"), 1).roles()).containsExactly(Role.JUDGE);
  }

  @Test
  void mistakesOfAllRooms_areInOneList() {
    assertThat(
            problems(
                Map.ofEntries(
                    Map.entry("profile", "fast"),
                    Map.entry("alarm.hits", "9"),
                    Map.entry("alarm.frames", "5"),
                    Map.entry("http.host", "0.0.0.0"),
                    Map.entry("topics.prefix", "a b"),
                    Map.entry("kafka.acks", "1"),
                    Map.entry("kafka.consumer.session.timeout.ms", "9000"),
                    Map.entry("kafka.securty.protocol", "SSL"),
                    Map.entry("frame.overdu", "1 s")),
                2))
        .containsExactly(
            "profile = fast: must be one of live, ledger",
            "bundle is missing: the role perceive needs a model bundle",
            "http.host = 0.0.0.0: must be a loopback address; the status pages have neither TLS nor"
                + " passwords, so put a proxy or an agent on this machine in front of them",
            "topics.prefix = a b: must be letters, digits, dots, underscores and hyphens, at most"
                + " 100",
            "kafka.acks: is set by the profile and cannot be changed",
            "kafka.consumer.session.timeout.ms: is set by the profile and cannot be changed",
            "kafka.securty.protocol is no Kafka setting; did you mean kafka.security.protocol?",
            "alarm.hits = 9: must not be above alarm.frames = 5",
            "unknown setting frame.overdu; did you mean frame.overdue?");
  }

  @Test
  void moreThreadsThanCores_areRefused() {
    Map<String, String> threads =
        Map.of("bundle", "b", "stream.threads", "4", "inference.threads", "3");
    assertThat(problems(with(threads, "inference.batch", "2"), 4))
        .containsExactly(
            "stream.threads = 4, inference.batch = 2 and inference.threads = 3: 2 threads decode"
                + " while 3 compute, more than the 4 cores here");
    assertThat(read(with(threads, "inference.batch", "3"), 4).inference().threads()).isEqualTo(3);
  }

  @Test
  void batch_isNoMoreThanTheThreadsHandIn() {
    assertThat(problems(Map.of("bundle", "b", "stream.threads", "2", "inference.batch", "3"), 4))
        .containsExactly(
            "inference.batch = 3: stream.threads = 2 hand in no more than 2 frames at once");
  }

  @Test
  void liveComputesAllThreadsTogether_ledgerDecodesWithHalfOfThemMeanwhile() {
    Map<String, String> eight = Map.of("bundle", "b", "stream.threads", "8");
    InferenceConfig live = read(eight, 8).inference();
    assertThat(live.batch()).isEqualTo(8);
    assertThat(live.threads()).isEqualTo(8);
    assertThat(live.batchWait()).isEqualTo(Duration.ofMillis(20));

    InferenceConfig ledger = read(with(eight, "profile", "ledger"), 8).inference();
    assertThat(ledger.batch()).isEqualTo(4);
    assertThat(ledger.threads()).as("the other 4 cores decode").isEqualTo(4);
    assertThat(ledger.batchWait()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void graphThatTakesNoBatches_isRunFrameByFrame() {
    InferenceConfig config = read(Map.of("bundle", "b", "stream.threads", "4"), 4).inference();
    assertThat(config.lane(true, Duration.ofSeconds(9)).maxFrames()).isEqualTo(4);
    assertThat(config.lane(false, Duration.ofSeconds(9)).maxFrames()).isEqualTo(1);
  }

  private static Map<String, String> with(Map<String, String> values, String key, String value) {
    Map<String, String> all = new HashMap<>(values);
    all.put(key, value);
    return all;
  }

  @Test
  void kafkaSettings_reachEachClientUnchanged_andAreNeverPrinted() {
    KafkaConfig kafka =
        read(
                Map.of(
                    "bundle", "b",
                    "kafka.bootstrap.servers", "broker:9093",
                    "kafka.security.protocol", "SASL_SSL",
                    "kafka.sasl.jaas.config", "secret",
                    "kafka.consumer.fetch.min.bytes", "7",
                    "kafka.producer.batch.size", "9",
                    "kafka.plug.in.key", "theirs"),
                2)
            .kafka();
    Map<String, Object> common =
        Map.of(
            "bootstrap.servers", "broker:9093",
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", "secret",
            "plug.in.key", "theirs");
    assertThat(kafka.admin()).isEqualTo(common);
    assertThat(kafka.producer()).containsAllEntriesOf(common).containsEntry("batch.size", "9");
    assertThat(kafka.streams())
        .containsAllEntriesOf(common)
        .containsEntry("consumer.fetch.min.bytes", "7");
    assertThat(kafka.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }
}
