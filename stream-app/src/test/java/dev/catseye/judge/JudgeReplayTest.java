package dev.catseye.judge;

import static dev.catseye.testkit.Masks.region;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Masks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The same masks give the same RAISED, UPDATED and CLEARED, however fast they come and whatever
 * restarts lie between. A restart is a new driver of the production topology over the stores of the
 * old one. A camera at 10 Hz sees two things that come, go, grow and wander.
 */
class JudgeReplayTest {
  private static final Topics TOPICS = Topics.withPrefix("");
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  /**
   * One mask and what happens around it.
   *
   * @param shows bit 0 the first thing, bit 1 the second, bit 2 something beside the road
   * @param kind 0 rejected, 1 dark, 2 the picture before once more, 3 a new boot, else fresh
   * @param pauseMillis wall clock between the mask before and this one
   * @param restarts whether the topology is restarted before it
   */
  private record Step(int shows, int kind, int pauseMillis, boolean restarts) {}

  @Provide
  Arbitrary<List<Step>> streams() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 7),
            Arbitraries.integers().between(0, 39),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.integers().between(0, 120)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(400, 3_000))),
            Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.just(false)),
                net.jqwik.api.Tuple.of(1, Arbitraries.just(true))))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Property(tries = 150)
  void sameMasks_giveTheSameEpisodes_atAnySpeedAndWithAnyRestart(
      @ForAll("streams") List<Step> steps) {
    List<Step> undisturbed =
        steps.stream().map(step -> new Step(step.shows(), step.kind(), 100, false)).toList();
    List<Alarm> expected = run(undisturbed);
    List<Alarm> actual = run(steps);

    assertThat(evidence(actual)).isEqualTo(evidence(expected));
    assertThat(actual).extracting(Alarm::counter).isEqualTo(countedFromOne(actual.size()));
  }

  @Property(tries = 150)
  void everyEpisode_followsTheGrammar(@ForAll("streams") List<Step> steps) {
    Map<String, String> words = new HashMap<>();
    Map<String, Alarm> raised = new HashMap<>();
    for (Alarm alarm : run(steps)) {
      words.merge(alarm.alarmId(), alarm.state().name().substring(0, 1), String::concat);
      if (alarm.state() == AlarmState.RAISED) {
        raised.put(alarm.alarmId(), alarm);
      }
      Mask mask = masks(steps).get((int) alarm.evidence().offset());
      assertThat(mask.outcome()).as("evidence frame").isEqualTo(Outcome.DETECTED);
      if (alarm.state() == AlarmState.CLEARED) {
        assertThat(alarm.evidence().offset())
            .isGreaterThan(raised.get(alarm.alarmId()).evidence().offset());
        assertThat(mask.regions())
            .as("the frame that cleared does not show it")
            .filteredOn(region -> region.drivableFraction().orElse(1) >= 0.3)
            .noneMatch(region -> Bounds.of(region.box()).overlap(Bounds.of(alarm.box())) >= 0.1);
      }
    }
    assertThat(words.values()).allMatch(word -> word.matches("R[US]*C?"));
  }

  private static List<Alarm> run(List<Step> steps) {
    List<Mask> masks = masks(steps);
    long[] nowMillis = {START.toEpochMilli()};
    TopologyTestDriver driver = driver(nowMillis);
    List<Alarm> alarms = new ArrayList<>();
    try {
      for (int i = 0; i < steps.size(); i++) {
        for (int passed = 0; passed < steps.get(i).pauseMillis(); passed += 50) {
          nowMillis[0] += 50;
          driver.advanceWallClockTime(Duration.ofMillis(50));
        }
        if (steps.get(i).restarts()) {
          alarms.addAll(alarms(driver));
          driver = restarted(driver, nowMillis);
        }
        driver
            .createInputTopic("masks", new StringSerializer(), new ByteArraySerializer())
            .pipeInput(
                "front", TOPICS.masks().serde().serializer().serialize("masks", masks.get(i)));
      }
      alarms.addAll(alarms(driver));
      return alarms;
    } finally {
      driver.close();
    }
  }

  private static List<Mask> masks(List<Step> steps) {
    List<Mask> masks = new ArrayList<>();
    String boot = "boot-0";
    FrameId shown = new FrameId("front", boot, 0, 0);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      boot = step.kind() == 3 ? "boot-" + i : boot;
      FrameId frame = new FrameId("front", boot, i, 1_000_000 + 100_000L * i);
      masks.add(
          switch (step.kind()) {
            case 0 -> Masks.without(frame, Outcome.REJECTED);
            case 1 -> Masks.lit(frame, 0, 0);
            case 2 -> Masks.repeated(frame, shown);
            default -> Masks.detected(frame, regions(i, step.shows()));
          });
      shown = step.kind() > 2 ? frame : shown;
    }
    return masks;
  }

  private static Region[] regions(int frame, int shows) {
    List<Region> regions = new ArrayList<>();
    if ((shows & 1) != 0) {
      regions.add(region(100 + 8 * frame, 100, 30 + frame, 30 + frame, 0.9));
    }
    if ((shows & 2) != 0) {
      regions.add(region(700, 400 - 3 * frame, 40, 40, 0.8));
    }
    if ((shows & 4) != 0) {
      regions.add(region(10 * frame, 20, 60, 60, 1, OptionalDouble.of(0.1)));
    }
    return regions.toArray(Region[]::new);
  }

  private static TopologyTestDriver driver(long[] nowMillis) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    JudgeSetup setup =
        new JudgeSetup(
            Configs.alarms(Duration.ofMillis(500), Duration.ofMillis(700)),
            new HealthConfig(
                Duration.ofSeconds(1),
                java.util.Optional.empty(),
                true,
                Duration.ofHours(1),
                64,
                false),
            partition -> OptionalLong.empty(),
            new Meters(),
            new WorkLog(),
            () -> nowMillis[0] * 1000,
            "test-1");
    return new TopologyTestDriver(
        JudgeTopology.build(TOPICS, setup), properties, Instant.ofEpochMilli(nowMillis[0]));
  }

  /** A new driver whose store holds what the old one's held, through its own bytes. */
  private static TopologyTestDriver restarted(TopologyTestDriver old, long[] nowMillis) {
    List<KeyValue<String, CameraState>> stored = new ArrayList<>();
    try (KeyValueIterator<String, CameraState> all =
        old.<String, CameraState>getKeyValueStore(JudgeTopology.CAMERAS).all()) {
      all.forEachRemaining(stored::add);
    }
    old.close();
    TopologyTestDriver fresh = driver(nowMillis);
    stored.forEach(
        camera ->
            fresh
                .<String, CameraState>getKeyValueStore(JudgeTopology.CAMERAS)
                .put(camera.key, camera.value));
    return fresh;
  }

  private static List<Alarm> alarms(TopologyTestDriver driver) {
    return driver
        .createOutputTopic(
            "alarms", new StringDeserializer(), TOPICS.alarms().serde().deserializer())
        .readValuesToList();
  }

  /** RAISED, UPDATED and CLEARED without what a replay may change: counter and processing time. */
  private static List<String> evidence(List<Alarm> alarms) {
    return alarms.stream()
        .filter(alarm -> alarm.state() != AlarmState.SUSPENDED)
        .map(
            alarm ->
                alarm
                    .toString()
                    .replace("counter=" + alarm.counter() + ",", "")
                    .replace("decidedMicros=" + alarm.decidedMicros() + ",", ""))
        .toList();
  }

  private static List<Long> countedFromOne(int count) {
    return java.util.stream.LongStream.rangeClosed(1, count).boxed().toList();
  }
}
