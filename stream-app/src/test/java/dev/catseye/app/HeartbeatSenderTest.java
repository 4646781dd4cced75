package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.WorkLog;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.Topics;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** The sender on its own thread and the real clock, with Kafka's mock of a producer. */
class HeartbeatSenderTest {
  private final MockProducer<String, Heartbeat> producer =
      new MockProducer<>(
          true,
          new RoundRobinPartitioner(),
          new StringSerializer(),
          Topics.withPrefix("").heartbeats().serde().serializer());
  private final Vitals vitals =
      new Vitals("test-1", EnumSet.of(Role.JUDGE), () -> System.currentTimeMillis() * 1000);
  private final WorkLog work = new WorkLog();

  private List<HealthState> states() {
    return producer.history().stream().map(ProducerRecord::value).map(Heartbeat::state).toList();
  }

  private static long millisUntil(BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean() && System.nanoTime() - start < 20_000_000_000L) {
      Thread.sleep(5);
    }
    return (System.nanoTime() - start) / 1_000_000;
  }

  @Test
  void change_isToldAtOnce_andTheRestOnceASecond() throws Exception {
    try (HeartbeatSender sender =
        HeartbeatSender.start(
            producer, "heartbeats", () -> vitals.heartbeat(work.excerpt()), vitals::condition)) {
      millisUntil(() -> states().contains(HealthState.STARTING));
      vitals.failed("no memory");
      long told = millisUntil(() -> states().contains(HealthState.FAULT));
      assertThat(told).as("before a second is over").isLessThan(900);
      int before = states().size();
      long next = millisUntil(() -> states().size() > before);
      assertThat(next).isGreaterThan(700);
      assertThat(sender).isNotNull();
    }
    assertThat(states()).endsWith(HealthState.FAULT);
    assertThat(producer.closed()).isTrue();
  }
}
