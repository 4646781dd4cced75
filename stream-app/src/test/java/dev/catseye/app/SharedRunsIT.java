package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Mask;
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

/**
 * Eight cameras with a partition and a stream thread each share the runs of one detector, on a real
 * broker. A run takes 60 ms and 5 ms per frame: 8 frames in 100 ms, or in 520 ms one by one.
 */
class SharedRunsIT {
  private static final int CAMERAS = 8;
  private static final StatedCost COST =
      new StatedCost(Duration.ofMillis(60), Duration.ofMillis(5));
  private static EmbeddedKraft broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKraft.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  private static Map<String, Integer> cameras() {
    Map<String, Integer> cameras = new TreeMap<>();
    for (int i = 0; i < CAMERAS; i++) {
      cameras.put("camera-" + i, i);
    }
    return cameras;
  }

  private static StandIn start(Topics topics, Profile profile) {
    StandIn.Load load = new StandIn.Load(COST, CAMERAS, profile.batch(CAMERAS), Map.of());
    return StandIn.start(broker.bootstrapServers(), topics, profile, load);
  }

  private static double mean(List<Integer> runs) {
    return runs.stream().mapToInt(frames -> frames).average().orElseThrow();
  }

  @Test
  void inLedger_framesOfSeveralCamerasRunTogether_andNoneIsLostOrOutOfOrder() throws Exception {
    Topics topics = Topics.withPrefix("runs-ledger-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics(CAMERAS);
      Drive drive = new Drive(wire, topics);
      drive.send(cameras(), 0, 20, Duration.ZERO);
      try (StandIn app = start(topics, new LedgerProfile())) {
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        assertThat(Drive.detected(masks)).hasSize(20 * CAMERAS);
        System.out.printf(
            "8 cameras, backlog of 160 frames, ledger: %d runs of %.1f frames%n",
            app.runs().size(), mean(app.runs()));
        assertThat(app.runs()).allMatch(frames -> List.of(1, 2, 4).contains(frames));
        assertThat(mean(app.runs())).as("half of the threads are a batch").isGreaterThan(2);
      }
    }
  }

  @Test
  void inLive_atTwiceTheLoad_allCamerasShareRuns_andWhatIsDetectedIsFresh() throws Exception {
    Topics topics = Topics.withPrefix("runs-live-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics(CAMERAS);
      Drive drive = new Drive(wire, topics);
      try (StandIn app = start(topics, new LiveProfile())) {
        app.awaitPartitions();
        drive.send(cameras(), 0, 100, Duration.ofMillis(50));
        List<ConsumerRecord<String, Mask>> masks = drive.masks();

        List<Mask> detected = Drive.detected(masks);
        double age = detected.stream().mapToLong(Drive::ageMillis).average().orElseThrow();
        System.out.printf(
            "8 cameras at 20 Hz, live: %d of %d detected, mean age %.0f ms, %d runs of %.1f"
                + " frames%n",
            detected.size(), masks.size(), age, app.runs().size(), mean(app.runs()));
        Map<String, Integer> counts = Drive.counts(masks);
        assertThat(counts).hasSize(CAMERAS);
        assertThat(Collections.min(counts.values()))
            .isGreaterThan(Collections.max(counts.values()) / 4);
        assertThat(mean(app.runs())).isGreaterThan(2);
        assertThat(age)
            .as("mean age, ms; one by one, a frame waits for seven others")
            .isLessThan(1000);
      }
    }
  }
}
