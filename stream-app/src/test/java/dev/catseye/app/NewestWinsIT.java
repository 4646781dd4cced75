package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Newest wins on a real broker, with a detector that is slower than its cameras. */
class NewestWinsIT {
  private static EmbeddedKraft broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKraft.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Test
  void twiceTheLoad_halfIsShed_andWhatIsDetectedIsFresh() throws Exception {
    Topics topics = Topics.withPrefix("twice-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Drive drive = new Drive(wire, topics);
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        drive.send(Map.of("front", 0), 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        List<Mask> detected = Drive.detected(masks);
        double mean = detected.stream().skip(5).mapToLong(Drive::ageMillis).average().orElseThrow();
        System.out.printf(
            "2 x load, 100 ms of work at 20 Hz: %d of %d detected, mean age %.0f ms%n",
            detected.size(), masks.size(), mean);
        assertThat(mean).as("4 s if all frames waited their turn").isLessThan(1000);
        assertThat(detected.size() / (double) masks.size()).isBetween(0.05, 0.95);
        assertThat(masks.get(masks.size() - 1).value().outcome()).isEqualTo(Outcome.DETECTED);
      }
    }
  }

  @Test
  void camerasOfOneThread_shareIt_byTheirPriority() throws Exception {
    Topics topics = Topics.withPrefix("share-");
    Map<String, Integer> cameras = Map.of("front", 0, "left", 1, "rear", 2);
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Drive drive = new Drive(wire, topics);
      StandIn.Load load = StandIn.Load.of(40).withPriorities(Map.of("front", 3));
      try (StandIn app =
          StandIn.start(broker.bootstrapServers(), topics, new LiveProfile(), load)) {
        app.awaitPartitions();
        drive.send(cameras, 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        Map<String, Integer> counts = Drive.counts(masks);
        System.out.printf("3 cameras at 20 Hz, 40 ms of work, front of weight 3: %s%n", counts);
        assertThat(counts.get("front"))
            .isGreaterThan(counts.get("left"))
            .isGreaterThan(counts.get("rear"));
        assertThat(counts.get("left")).isPositive();
        assertThat(counts.get("rear")).isPositive();
      }
    }
  }

  @Test
  void camerasOfOnePartition_areAllSeen_andShareAlike() throws Exception {
    Topics topics = Topics.withPrefix("crowd-");
    Map<String, Integer> cameras = new TreeMap<>(Map.of("front", 0, "left", 0, "rear", 0));
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Drive drive = new Drive(wire, topics);
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(40))) {
        app.awaitPartitions();
        drive.send(cameras, 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        Map<String, Integer> counts = Drive.counts(masks);
        double mean =
            Drive.detected(masks).stream().mapToLong(Drive::ageMillis).average().orElseThrow();
        System.out.printf(
            "3 cameras at 20 Hz on one partition, 40 ms of work: %s, mean age %.0f ms%n",
            counts, mean);
        assertThat(counts.keySet()).isEqualTo(cameras.keySet());
        assertThat(Collections.min(counts.values()))
            .as("without rounds the later cameras starve")
            .isGreaterThan(Collections.max(counts.values()) / 5);
      }
    }
  }

  @Test
  void backlogOfAStoppedInstance_isGivenUpAtOnce_andTheNewestFrameDetected() throws Exception {
    Topics topics = Topics.withPrefix("backlog-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Drive drive = new Drive(wire, topics);
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        drive.send(Map.of("front", 0), 0, 10, Duration.ofMillis(50));
      }
      drive.send(Map.of("front", 0), 10, 2010, Duration.ZERO);
      long start = System.nanoTime();
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        List<ConsumerRecord<String, Mask>> masks = drive.masks();
        List<ConsumerRecord<String, Mask>> shed =
            masks.stream()
                .filter(record -> record.value().outcome() == Outcome.SHED)
                .filter(record -> record.value().origin().offset() >= 10)
                .toList();
        long took = shed.get(shed.size() - 1).timestamp() - shed.get(0).timestamp();
        System.out.printf(
            "backlog: %d of %d shed in %d ms; all settled %d ms after the start%n",
            shed.size(), masks.size(), took, (System.nanoTime() - start) / 1_000_000);
        assertThat(masks.get(masks.size() - 1).value().outcome()).isEqualTo(Outcome.DETECTED);
        assertThat(shed).hasSizeGreaterThan(1950);
      }
    }
  }

  @Test
  void inLedger_nothingIsShed_thoughFramesGrowOld() throws Exception {
    Topics topics = Topics.withPrefix("ledger-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Drive drive = new Drive(wire, topics);
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LedgerProfile(), StandIn.Load.of(40))) {
        app.awaitPartitions();
        drive.send(Map.of("front", 0), 0, 60, Duration.ofMillis(20));
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        assertThat(Drive.detected(masks)).hasSize(60);
        assertThat(Drive.ageMillis(masks.get(59).value())).isGreaterThan(200);
      }
    }
  }
}
