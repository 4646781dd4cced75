package dev.catseye.judge;

import static dev.catseye.testkit.Masks.region;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.MaskHeaders;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Masks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The production topology of judge on a clock of the test's own; a camera at 10 Hz. */
class JudgeTopologyTest {
  private static final Region OBSTACLE = region(100, 100, 40, 40, 0.9);
  private static final Topics TOPICS = Topics.withPrefix("");

  private final Meters meters = new Meters();
  private long nowMillis = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private final WorkLog work = new WorkLog();
  private long framesEnd;
  private long sequence;
  private final TopologyTestDriver driver;
  private final TestInputTopic<String, byte[]> masks;
  private final TestOutputTopic<String, Alarm> alarms;
  private final TestOutputTopic<String, Health> health;

  JudgeTopologyTest() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    driver =
        new TopologyTestDriver(
            JudgeTopology.build(TOPICS, setup()), properties, Instant.ofEpochMilli(nowMillis));
    masks =
        driver.createInputTopic(
            TOPICS.masks().name(), new StringSerializer(), new ByteArraySerializer());
    alarms =
        driver.createOutputTopic(
            TOPICS.alarms().name(),
            new StringDeserializer(),
            TOPICS.alarms().serde().deserializer());
    health =
        driver.createOutputTopic(
            TOPICS.health().name(),
            new StringDeserializer(),
            TOPICS.health().serde().deserializer());
  }

  private JudgeSetup setup() {
    return new JudgeSetup(
        Configs.alarms(Duration.ofSeconds(1), Duration.ofSeconds(1)),
        new HealthConfig(
            Duration.ofSeconds(1), Optional.empty(), true, Duration.ofHours(1), 64, false),
        partition -> OptionalLong.of(framesEnd),
        meters,
        work,
        () -> nowMillis * 1000,
        "test-1");
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private void send(Mask mask) {
    masks.pipeInput("front", TOPICS.masks().serde().serializer().serialize("masks", mask));
    framesEnd = mask.origin().offset() + 1;
  }

  /** The mask of an old frame that was put back, behind the newest one. */
  private void sendRedriven(Mask mask) {
    RecordHeaders headers = new RecordHeaders();
    new RedriveHeaders(2, 0, new Origin("rejects", 0, 0)).write(headers);
    if (mask.outcome() == Outcome.DETECTED) {
      MaskHeaders.markOvertaken(headers);
    }
    byte[] value = TOPICS.masks().serde().serializer().serialize("masks", mask);
    masks.pipeInput(new TestRecord<>("front", value, headers));
    framesEnd = mask.origin().offset() + 2; // the marker of its transaction
  }

  private void see(Region... regions) {
    send(Masks.detected(new FrameId("front", "boot-1", sequence++, nowMillis * 1000), regions));
    pass(100);
  }

  private void pass(long millis) {
    for (long passed = 0; passed < millis; passed += 10) {
      nowMillis += 10;
      driver.advanceWallClockTime(Duration.ofMillis(10));
    }
  }

  @Test
  void topology_isThePictureOfTheDesign() {
    assertThat(JudgeTopology.build(TOPICS, setup()).describe().toString())
        .isEqualTo(
            """
            Topologies:
               Sub-topology: 0
                Source: masks (topics: [masks])
                  --> judge
                Processor: judge (stores: [cameras])
                  --> only-alarms, only-health
                  <-- masks
                Processor: only-alarms (stores: [])
                  --> alarms
                  <-- judge
                Processor: only-health (stores: [])
                  --> health
                  <-- judge
                Sink: alarms (topic: alarms)
                  <-- only-alarms
                Sink: health (topic: health)
                  <-- only-health

            """);
  }

  @Test
  void obstacleInThreeFrames_raisesAnAlarm() {
    see(OBSTACLE);
    see(OBSTACLE);
    see(OBSTACLE);
    assertThat(alarms.readValuesToList())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(AlarmState.RAISED));
    assertThat(meters.text()).contains("catseye_alarms_open{camera=\"front\",} 1.0");
  }

  @Test
  void alarms_carryTheTraceOfTheMaskThatLedToThem() {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    see(OBSTACLE);
    see(OBSTACLE);
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", trace.getBytes(StandardCharsets.US_ASCII));
    headers.add("sequence", "17".getBytes(StandardCharsets.US_ASCII)); // of the frame, not ours
    Mask mask =
        Masks.detected(new FrameId("front", "boot-1", sequence++, nowMillis * 1000), OBSTACLE);
    masks.pipeInput(
        new TestRecord<>(
            "front", TOPICS.masks().serde().serializer().serialize("masks", mask), headers));
    pass(1000); // silence, which suspends it

    List<TestRecord<String, Alarm>> records = alarms.readRecordsToList();
    assertThat(records)
        .extracting(record -> record.value().state())
        .containsExactly(AlarmState.RAISED, AlarmState.SUSPENDED);
    assertThat(records.get(0).headers().toArray())
        .singleElement()
        .satisfies(
            header -> {
              assertThat(header.key()).isEqualTo("traceparent");
              assertThat(header.value()).asString().isEqualTo(trace);
            });
    assertThat(records.get(1).headers().toArray()).isEmpty(); // no mask led to it
  }

  @Test
  void silence_isToldWithin250MsOfTheBound() {
    for (int i = 0; i < 10; i++) {
      see();
    }
    long lastMask = nowMillis - 100;
    pass(1000);
    Health blind =
        health.readValuesToList().stream()
            .filter(record -> record.state() == HealthState.BLIND)
            .findFirst()
            .orElseThrow();
    assertThat(blind.reasons()).containsExactly(HealthReason.SILENT);
    assertThat(blind.decidedMicros() / 1000 - lastMask).isBetween(500L, 750L);
  }

  @Test
  void framesThatWait_areToldFromASilentCamera() {
    for (int i = 0; i < 10; i++) {
      see();
    }
    framesEnd = 20;
    pass(1000);
    assertThat(health.readValuesToList())
        .filteredOn(record -> record.state() == HealthState.BLIND)
        .extracting(Health::reasons)
        .containsOnly(List.of(HealthReason.STALLED));
  }

  @Test
  void framesThatWerePutBack_giveNoSightAndRaiseNothing() {
    for (int i = 0; i < 10; i++) {
      see();
    }
    health.readValuesToList();
    for (int i = 0; i < 20; i++) { // no frame but old ones for two seconds
      sendRedriven(Masks.detected(new FrameId("front", "boot-0", sequence++, 1_000), OBSTACLE));
      pass(100);
    }
    List<Health> told = health.readValuesToList();
    assertThat(told).filteredOn(record -> record.state() == HealthState.BLIND).isNotEmpty();
    assertThat(told.get(told.size() - 1).reasons()).containsExactly(HealthReason.SILENT);
    assertThat(told.stream().mapToLong(record -> record.counts().detected()).sum())
        .isGreaterThan(10); // they count all the same
    assertThat(alarms.isEmpty()).isTrue();
  }

  @Test
  void framesRejectedOnceMore_areNoFaultOfTheCamera() {
    for (int i = 0; i < 10; i++) {
      see();
    }
    for (int i = 0; i < 20; i++) {
      FrameId old = new FrameId("front", "boot-0", sequence, 1_000);
      sendRedriven(Masks.without(old, Outcome.REJECTED));
      see();
    }
    List<Health> told = health.readValuesToList();
    assertThat(told.get(told.size() - 1).state()).isEqualTo(HealthState.OK);
    assertThat(told).extracting(Health::state).doesNotContain(HealthState.DEGRADED);
  }

  @Test
  void camerasOfThePast_areNotMadeKnownByFramesThatWerePutBack() {
    sendRedriven(Masks.detected(new FrameId("front", "boot-0", 0, 1_000)));
    pass(2_000);
    assertThat(health.isEmpty()).isTrue();
  }

  @Test
  void silence_suspendsOpenAlarmsOnce_andClearsNone() {
    for (int i = 0; i < 10; i++) {
      see(OBSTACLE);
    }
    pass(60_000);
    assertThat(alarms.readValuesToList())
        .extracting(Alarm::state)
        .containsExactly(AlarmState.RAISED, AlarmState.SUSPENDED);
  }

  @Test
  void secondSilence_suspendsAgain_thoughTheCameraWasNotYetOk() {
    for (int i = 0; i < 10; i++) {
      see(OBSTACLE);
    }
    pass(2_000);
    see(OBSTACLE); // still BLIND: RECOVERING
    pass(2_000);
    assertThat(alarms.readValuesToList())
        .extracting(Alarm::state)
        .filteredOn(state -> state == AlarmState.SUSPENDED)
        .hasSize(2);
  }

  @Test
  void frozenPicture_isToldAsLateAsSilence_andSuspends() {
    for (int i = 0; i < 10; i++) {
      see(OBSTACLE);
    }
    FrameId shown = new FrameId("front", "boot-1", sequence - 1, nowMillis * 1000);
    long last = nowMillis - 100;
    for (int i = 0; i < 30; i++) {
      send(Masks.repeated(new FrameId("front", "boot-1", sequence++, nowMillis * 1000), shown));
      pass(100);
    }
    Health blind =
        health.readValuesToList().stream()
            .filter(record -> record.state() == HealthState.BLIND)
            .findFirst()
            .orElseThrow();
    assertThat(blind.reasons()).containsExactly(HealthReason.FROZEN);
    assertThat(blind.decidedMicros() / 1000 - last).isBetween(500L, 750L);
    assertThat(alarms.readValuesToList())
        .extracting(Alarm::state)
        .containsExactly(AlarmState.RAISED, AlarmState.SUSPENDED);
  }

  @Test
  void silenceThatNobodyWasThereToNotice_isToldBeforeTheMaskThatEndsIt() {
    for (int i = 0; i < 10; i++) {
      see(OBSTACLE);
    }
    health.readValuesToList();
    nowMillis += 5_000; // no tick: the process hung
    send(Masks.detected(new FrameId("front", "boot-1", sequence++, nowMillis * 1000), OBSTACLE));
    assertThat(health.readValuesToList())
        .extracting(Health::reasons)
        .startsWith(List.of(HealthReason.SILENT))
        .endsWith(List.of(HealthReason.RECOVERING));
    assertThat(alarms.readValuesToList()).extracting(Alarm::state).contains(AlarmState.SUSPENDED);
  }

  @Test
  void cameraOneTooMany_isRefusedAndSaid() {
    for (int i = 0; i < 70; i++) {
      Mask mask = Masks.detected(new FrameId("camera-" + i, "boot-1", 0, nowMillis * 1000));
      masks.pipeInput(mask.recordKey(), TOPICS.masks().serde().serializer().serialize("", mask));
    }
    assertThat(meters.text()).contains("catseye_cameras_refused_total 6.0");
    assertThat(health.readKeyValuesToMap()).hasSize(64);
    assertThat(work.excerpt().crowded()).isTrue();
    assertThat(work.excerpt().crowded()).isFalse();
  }

  @Test
  void healthyCamera_isToldOncePerPeriod() {
    for (int i = 0; i < 10; i++) {
      see();
    }
    health.readValuesToList();
    for (int i = 0; i < 50; i++) {
      see();
    }
    assertThat(health.readValuesToList())
        .hasSizeBetween(4, 5)
        .allSatisfy(record -> assertThat(record.state()).isEqualTo(HealthState.OK));
  }

  @Test
  void recordThatIsNoMask_isCountedAndPassedOver() {
    masks.pipeInput("front", new byte[] {1, 2, 3});
    see();
    assertThat(meters.text()).contains("catseye_masks_unreadable_total 1.0");
    assertThat(health.isEmpty()).isFalse();
  }

  @Test
  void cameraSilentForAnHour_isForgotten() {
    see();
    passAnHour();
    assertThat(health.isEmpty()).isTrue();
  }

  @Test
  void cameraWithAnOpenAlarm_isNeverForgotten() {
    for (int i = 0; i < 3; i++) {
      see(OBSTACLE);
    }
    passAnHour();
    assertThat(health.readValuesToList())
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.state()).isEqualTo(HealthState.BLIND));
  }

  private void passAnHour() {
    nowMillis += Duration.ofHours(1).toMillis();
    driver.advanceWallClockTime(Duration.ofHours(1));
    health.readValuesToList();
    pass(2000);
  }
}
