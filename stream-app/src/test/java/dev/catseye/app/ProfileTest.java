package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.judge.JudgeTopology;
import dev.catseye.perceive.PerceiveTopology;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class ProfileTest {
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(30), 4);

  private static StreamsConfig streams(Map<String, Object> settings) {
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    return new StreamsConfig(settings);
  }

  @Test
  void everySetting_reachesItsClient() {
    for (Profile profile : new Profile[] {new LiveProfile(), new LedgerProfile()}) {
      StreamsConfig config = streams(profile.perceive("i-1", LIMITS));
      assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
          .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
      assertThat(config.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(20);
      assertThat(config.getProducerConfigs("p"))
          .containsEntry(ProducerConfig.LINGER_MS_CONFIG, 0)
          .containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 130_000);
      assertThat(config.getMainConsumerConfigs("g", "c", 1))
          .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
          .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, profile.sheds() ? 64 : 1)
          .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }
  }

  @Test
  void live_isReplacedSoon_andLedgerComesBack() {
    assertThat(streams(new LiveProfile().judge("i-1", LIMITS)).getMainConsumerConfigs("g", "c", 1))
        .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000)
        .doesNotContainKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    assertThat(
            streams(new LedgerProfile().judge("i-1", LIMITS)).getMainConsumerConfigs("g", "c", 1))
        .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 45_000)
        .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "i-1-1");
  }

  @Test
  void slowFrames_fitIntoTransactionAndPollInterval() {
    assertThat(new Limits(Duration.ofSeconds(10), 1).transactionTimeout())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(new Limits(Duration.ofSeconds(10), 1).maxPollInterval())
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(LIMITS.maxPollInterval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(new Limits(Duration.ofMinutes(3), 4).maxPollInterval())
        .isGreaterThan(Duration.ofMinutes(24));
  }

  @Test
  void transactionTimeout_staysWithinWhatABrokerAllows() {
    assertThat(new Limits(Duration.ofMinutes(15), 8).transactionTimeout())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void noStore_isOnDisk() {
    assertThat(Topologies.stores(PerceiveTopology.build(Topologies.TOPICS, Topologies.perceive())))
        .isNotEmpty()
        .noneMatch(org.apache.kafka.streams.processor.StateStore::persistent);
    assertThat(Topologies.stores(JudgeTopology.build(Topologies.TOPICS, Topologies.judge())))
        .isNotEmpty()
        .noneMatch(org.apache.kafka.streams.processor.StateStore::persistent);
  }
}
