package dev.catseye.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class CatalogueIT {
  private static LocalBroker broker;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start();
    cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    broker.close();
  }

  private static Catalogue catalogue(String prefix) {
    return new Catalogue(cluster, Topics.withPrefix(prefix), Optional.empty());
  }

  @Test
  void anEmptyCluster_missesEveryTopic() throws Exception {
    assertThat(catalogue("empty-").deviations()).hasSize(9).contains("empty-frames: missing");
  }

  @Test
  void created_theTopicsAreAsTheCatalogueSays_andCreatingAgainChangesNothing() throws Exception {
    Catalogue catalogue = catalogue("created-");
    assertThat(catalogue.create()).hasSize(9);
    assertThat(catalogue.deviations()).isEmpty();
    assertThat(catalogue.create()).isEmpty();
  }

  @Test
  void aTopicMadeByOtherHands_isLeftAndItsDeviationsAreTold() throws Exception {
    cluster.ask(
        cluster.admin().createTopics(List.of(new NewTopic("other-frames", 2, (short) 1))).all());
    Catalogue catalogue = catalogue("other-");
    catalogue.create();
    assertThat(catalogue.deviations())
        .containsExactlyInAnyOrder(
            "other-frames: partitions 2, expected 4",
            "other-frames: max.message.bytes 1048588, expected at least 8388608",
            "other-frames: message.timestamp.type CreateTime, expected LogAppendTime");
  }

  @Test
  void nobodyAtTheAddress_isAMessageAfterTenSeconds() {
    assertThatThrownBy(() -> Cluster.connect(ClientConfig.of("127.0.0.1:1")))
        .isInstanceOf(ToolException.class)
        .hasMessageStartingWith("no Kafka broker answered at 127.0.0.1:1 within 20 s");
  }

  @Test
  void anUnknownHost_isAMessage() {
    assertThatThrownBy(() -> Cluster.connect(ClientConfig.of("no-such-host.invalid:9092")))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("no-such-host.invalid:9092");
  }
}
