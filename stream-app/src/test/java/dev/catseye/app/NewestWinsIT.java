package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Newest wins on a real broker, with a detector that is slower than its cameras. */
class NewestWinsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WIDTH = 96;
  private static final int HEIGHT = 70;
  private static final byte[] PICTURE = new byte[3 * WIDTH * HEIGHT]; // 20 KB
  private static EmbeddedKraft broker;

  private final Map<FrameId, RecordMetadata> sent = new HashMap<>();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKraft.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  private static Frame frame(String camera, long sequence) {
    FrameId id = new FrameId(camera, "boot-1", sequence, Micros.now());
    return Pictures.frame(id, Encoding.RGB8, WIDTH, HEIGHT, PICTURE);
  }

  /**
   * Sends frames {@code first} to {@code end} of each camera, all cameras every {@code period}.
   *
   * @param cameras with their partitions
   */
  private void drive(Wire wire, Map<String, Integer> cameras, int first, int end, Duration period)
      throws Exception {
    long start = System.nanoTime();
    for (int i = first; i < end; i++) {
      long wait = start + (i - first) * period.toNanos() - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000));
      for (Map.Entry<String, Integer> camera : cameras.entrySet()) {
        Frame frame = frame(camera.getKey(), i);
        sent.put(frame.id(), wire.send(frame, camera.getValue()));
      }
    }
  }

  private List<ConsumerRecord<String, Mask>> masks(Wire wire, Topics topics) {
    return wire.read(topics.masks(), PATIENCE, records -> records.size() >= sent.size());
  }

  /** One outcome per frame, in order; and none shed unless a newer one of its camera was there. */
  private void assertAccountedFor(List<ConsumerRecord<String, Mask>> masks) {
    assertThat(masks).hasSize(sent.size());
    Map<Integer, List<Long>> offsets = new HashMap<>();
    for (ConsumerRecord<String, Mask> record : masks) {
      Mask mask = record.value();
      offsets
          .computeIfAbsent(mask.origin().partition(), partition -> new ArrayList<>())
          .add(mask.origin().offset());
      FrameId frame = mask.frame().orElseThrow();
      assertThat(mask.outcome()).isIn(Outcome.DETECTED, Outcome.SHED);
      if (mask.outcome() == Outcome.SHED) {
        assertThat(mask.reason()).isEqualTo(Reason.STALE);
        assertThat(sent.entrySet())
            .as("a newer frame than %s at %d", frame, record.timestamp())
            .anyMatch(
                other ->
                    other.getKey().cameraId().equals(frame.cameraId())
                        && other.getKey().sequence() > frame.sequence()
                        && other.getValue().timestamp() <= record.timestamp());
      }
    }
    offsets
        .values()
        .forEach(of -> assertThat(of).isEqualTo(LongStream.range(0, of.size()).boxed().toList()));
  }

  private static List<Mask> detected(List<ConsumerRecord<String, Mask>> masks) {
    return masks.stream()
        .map(ConsumerRecord::value)
        .filter(mask -> mask.outcome() == Outcome.DETECTED)
        .toList();
  }

  /** DETECTED frames by camera. */
  private static Map<String, Integer> counts(List<ConsumerRecord<String, Mask>> masks) {
    Map<String, Integer> counts = new TreeMap<>();
    detected(masks)
        .forEach(mask -> counts.merge(mask.frame().orElseThrow().cameraId(), 1, Integer::sum));
    return counts;
  }

  private static long ageMillis(Mask mask) {
    return (mask.processedMicros() - mask.frame().orElseThrow().captureMicros()) / 1000;
  }

  @Test
  void twiceTheLoad_halfIsShed_andWhatIsDetectedIsFresh() throws Exception {
    Topics topics = Topics.withPrefix("twice-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        drive(wire, Map.of("front", 0), 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = masks(wire, topics);

        assertAccountedFor(masks);
        List<Mask> detected = detected(masks);
        double mean =
            detected.stream().skip(5).mapToLong(NewestWinsIT::ageMillis).average().orElseThrow();
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
      StandIn.Load load = new StandIn.Load(Duration.ofMillis(40), Map.of("front", 3));
      try (StandIn app =
          StandIn.start(broker.bootstrapServers(), topics, new LiveProfile(), load)) {
        app.awaitPartitions();
        drive(wire, cameras, 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = masks(wire, topics);

        assertAccountedFor(masks);
        Map<String, Integer> counts = counts(masks);
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
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(40))) {
        app.awaitPartitions();
        drive(wire, cameras, 0, 160, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = masks(wire, topics);

        assertAccountedFor(masks);
        Map<String, Integer> counts = counts(masks);
        double mean =
            detected(masks).stream().mapToLong(NewestWinsIT::ageMillis).average().orElseThrow();
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
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        drive(wire, Map.of("front", 0), 0, 10, Duration.ofMillis(50));
      }
      drive(wire, Map.of("front", 0), 10, 2010, Duration.ZERO);
      long start = System.nanoTime();
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LiveProfile(), StandIn.Load.of(100))) {
        app.awaitPartitions();
        List<ConsumerRecord<String, Mask>> masks = masks(wire, topics);
        assertAccountedFor(masks);
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
      try (StandIn app =
          StandIn.start(
              broker.bootstrapServers(), topics, new LedgerProfile(), StandIn.Load.of(40))) {
        app.awaitPartitions();
        drive(wire, Map.of("front", 0), 0, 60, Duration.ofMillis(20));
        List<ConsumerRecord<String, Mask>> masks = masks(wire, topics);

        assertAccountedFor(masks);
        assertThat(detected(masks)).hasSize(60);
        assertThat(ageMillis(masks.get(59).value())).isGreaterThan(200);
      }
    }
  }
}
