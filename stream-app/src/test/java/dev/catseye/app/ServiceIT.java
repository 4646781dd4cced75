package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The whole service with the shipped bundle on a real broker. */
class ServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static EmbeddedKraft broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKraft.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  private static Map<String, String> settings(String prefix) {
    return new HashMap<>(
        Map.of(
            "kafka.bootstrap.servers", broker.bootstrapServers(),
            "topics.prefix", prefix,
            "bundle", "../onnx-models/bundles/starter",
            "instance-id", "it-1",
            "inference.threads", "1"));
  }

  private static List<Mask> masks(Wire wire, Topics topics, int count) {
    return wire.read(topics.masks(), PATIENCE, records -> records.size() >= count).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  @Test
  void oneFrame_becomesOneMask() throws Exception {
    Topics topics = Topics.withPrefix("one-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      try (RunningService service = RunningService.start(settings("one-"))) {
        service.ready();
        wire.send(Pictures.frame("front", 1));
        assertThat(masks(wire, topics, 1))
            .singleElement()
            .satisfies(mask -> assertThat(mask.outcome()).isEqualTo(Outcome.DETECTED));
      }
    }
  }
}
