package dev.catseye.judge;

import static dev.catseye.schemas.AlarmState.CLEARED;
import static dev.catseye.schemas.AlarmState.RAISED;
import static dev.catseye.schemas.AlarmState.SUSPENDED;
import static dev.catseye.schemas.AlarmState.UPDATED;
import static dev.catseye.testkit.Masks.region;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;
import dev.catseye.testkit.Masks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** Frames come every 100 ms; three sightings in five frames raise, 300 ms without one clear. */
class AlarmLogicTest {
  private static final AlarmConfig CONFIG =
      new AlarmConfig(
          Optional.of(0.7f), 3, 5, 64, 0.1f, Duration.ofMillis(300), Duration.ofMillis(400));
  private static final Region OBSTACLE = region(100, 100, 20, 20, 0.9);

  private final AlarmLogic logic = new AlarmLogic(CONFIG, () -> 42, "test-1");
  private AlarmMemory memory = AlarmMemory.EMPTY;
  private long sequence;

  private static FrameId frame(String boot, long sequence) {
    return new FrameId("front", boot, sequence, 1_000_000 + 100_000 * sequence);
  }

  private List<Alarm> see(Region... regions) {
    return judge(Masks.detected(frame("boot-1", sequence++), regions));
  }

  private List<Alarm> judge(Mask mask) {
    AlarmMemory.Step step = logic.judge(memory, mask);
    memory = step.memory();
    return step.alarms();
  }

  private void raise() {
    see(OBSTACLE);
    see(OBSTACLE);
    assertThat(see(OBSTACLE)).extracting(Alarm::state).containsExactly(RAISED);
  }

  @Test
  void threeSightingsInFiveFrames_raiseOneAlarm() {
    assertThat(see(OBSTACLE)).isEmpty();
    assertThat(see()).isEmpty();
    assertThat(see(OBSTACLE)).isEmpty();
    assertThat(see()).isEmpty();

    assertThat(see(OBSTACLE))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(RAISED);
              assertThat(alarm.firstFrame()).isEqualTo(frame("boot-1", 0));
              assertThat(alarm.lastFrame()).isEqualTo(frame("boot-1", 4));
              assertThat(alarm.evidence()).isEqualTo(new Origin("frames", 0, 4));
              assertThat(alarm.evidenceCount()).isEqualTo(3);
              assertThat(alarm.evidenceWindow()).isEqualTo(5);
              assertThat(alarm.box()).isEqualTo(OBSTACLE.box());
              assertThat(alarm.counter()).isEqualTo(1);
            });
    assertThat(memory.open()).isEqualTo(1);
  }

  @Test
  void sightingsTooFarApart_raiseNothing() {
    for (int i = 0; i < 30; i++) {
      assertThat(i % 3 == 0 ? see(OBSTACLE) : see()).isEmpty();
    }
  }

  @Test
  void smallOrWeakRegion_raisesNothing() {
    for (int i = 0; i < 10; i++) {
      assertThat(see(region(0, 0, 7, 9, 0.9), region(200, 0, 20, 20, 0.69))).isEmpty();
    }
  }

  @Test
  void regionWeakerThanTheThreshold_keepsAnOpenAlarm() {
    raise();
    for (int i = 0; i < 10; i++) {
      assertThat(see(region(100, 100, 20, 20, 0.55)))
          .extracting(Alarm::state)
          .doesNotContain(CLEARED);
    }
    assertThat(memory.open()).isEqualTo(1);
  }

  @Test
  void openAlarm_isUpdatedEvery400ms() {
    raise();
    List<AlarmState> states = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      see(OBSTACLE).forEach(alarm -> states.add(alarm.state()));
    }
    assertThat(states).containsExactly(UPDATED, UPDATED);
  }

  @Test
  void fiveFramesWithoutTheRegion_clear() {
    raise();
    for (int i = 0; i < 4; i++) {
      assertThat(see()).isEmpty();
    }
    assertThat(see())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(CLEARED))
        .satisfies(alarm -> assertThat(alarm.lastFrame()).isEqualTo(frame("boot-1", 7)))
        .satisfies(alarm -> assertThat(alarm.evidenceCount()).isZero());
    assertThat(memory.open()).isZero();
  }

  @Test
  void fastCamera_clearsOnlyAfterTheHoldOff() {
    long micros = 0;
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 40; i++, micros += 10_000) {
      FrameId frame = new FrameId("front", "boot-1", i, micros);
      alarms.addAll(judge(i < 3 ? Masks.detected(frame, OBSTACLE) : Masks.detected(frame)));
    }
    Alarm cleared = alarms.get(alarms.size() - 1);
    assertThat(cleared.state()).isEqualTo(CLEARED);
    assertThat(cleared.lastFrame().captureMicros()).isEqualTo(20_000 + 300_000);
  }

  @Test
  void framesThatWereNotDetected_clearNothing() {
    raise();
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.DETECTED) {
        for (int i = 0; i < 20; i++) {
          assertThat(judge(Masks.without(frame("boot-1", sequence++), outcome))).isEmpty();
        }
      }
    }
    assertThat(memory.open()).isEqualTo(1);
  }

  @Test
  void restartOfTheCamera_clearsOnEvidenceThoughItsClockWentBack() {
    raise();
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      alarms.addAll(judge(Masks.detected(new FrameId("front", "boot-2", i, i))));
    }
    assertThat(alarms).extracting(Alarm::state).containsExactly(CLEARED);
  }

  @Test
  void suspension_tellsEachOpenAlarm_andChangesNothingElse() {
    raise();
    AlarmMemory before = memory;
    AlarmMemory.Step step = logic.suspend(memory);
    assertThat(step.alarms())
        .singleElement()
        .satisfies(alarm -> assertThat(alarm.state()).isEqualTo(SUSPENDED))
        .satisfies(alarm -> assertThat(alarm.counter()).isEqualTo(2));
    assertThat(step.memory().tracks()).isEqualTo(before.tracks());
  }

  @Test
  void approachingObstacle_staysOneAlarm_andGrows() {
    List<Alarm> alarms = new ArrayList<>();
    for (int side = 10; side < 60; side += 2) {
      alarms.addAll(see(region(500 - side / 2, 200 - side / 2, side, side, 0.9)));
    }
    assertThat(alarms).extracting(Alarm::alarmId).containsOnly(alarms.get(0).alarmId());
    assertThat(alarms.get(alarms.size() - 1).growthPerSecond().orElseThrow()).isBetween(2.0, 8.0);
  }

  @Test
  void twoObstacles_areTwoAlarms() {
    Region other = region(600, 300, 20, 20, 0.8);
    see(OBSTACLE, other);
    see(OBSTACLE, other);
    assertThat(see(OBSTACLE, other)).extracting(Alarm::alarmId).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void severity_growsWithSizeAndWay() {
    assertThat(Severities.of(region(0, 0, 40, 40, 0.9), 1024 * 512)).isEqualTo(Severity.HIGH);
    assertThat(Severities.of(region(0, 0, 10, 10, 0.9), 1024 * 512)).isEqualTo(Severity.MEDIUM);
  }

  /** Walks of two obstacles that come and go: one number per frame, two bits. */
  @Provide
  Arbitrary<List<Integer>> walks() {
    return Arbitraries.integers().between(0, 3).list().ofMaxSize(60);
  }

  private static Mask walk(int frame, int step) {
    List<Region> regions = new ArrayList<>();
    if ((step & 1) != 0) {
      regions.add(region(100 + frame, 100, 30, 30, 0.9));
    }
    if ((step & 2) != 0) {
      regions.add(region(600, 300 - frame, 40, 40, 0.8));
    }
    return Masks.detected(
        frame(frame < 40 ? "boot-1" : "boot-2", frame), regions.toArray(Region[]::new));
  }

  private List<Alarm> replay(List<Integer> walk, boolean restartEachFrame) {
    Serde<CameraState> serde = CameraStateSerde.create();
    AlarmMemory current = AlarmMemory.EMPTY;
    List<Alarm> alarms = new ArrayList<>();
    for (int i = 0; i < walk.size(); i++) {
      AlarmMemory.Step step = logic.judge(current, walk(i, walk.get(i)));
      alarms.addAll(step.alarms());
      current = step.memory();
      if (restartEachFrame) {
        CameraState state = new CameraState(current, new CameraHealth(0));
        byte[] stored = serde.serializer().serialize("changelog", state);
        current = serde.deserializer().deserialize("changelog", stored).alarms();
      }
    }
    return alarms;
  }

  @Property(tries = 200)
  void sameMasks_giveTheSameEpisodes_whateverRestartsLieBetween(
      @ForAll("walks") @Size(min = 1) List<Integer> walk) {
    assertThat(replay(walk, true)).isEqualTo(replay(walk, false));
  }

  @Property(tries = 200)
  void everyEpisode_followsTheGrammar(@ForAll("walks") List<Integer> walk) {
    Map<String, String> words = new HashMap<>();
    long counter = 0;
    for (Alarm alarm : replay(walk, false)) {
      assertThat(alarm.counter()).isEqualTo(++counter);
      words.merge(alarm.alarmId(), alarm.state().name().substring(0, 1), String::concat);
      if (alarm.state() == CLEARED) {
        int frame = (int) alarm.lastFrame().sequence();
        assertThat(frame).as("evidence frame").isLessThan(walk.size());
        assertThat(walk(frame, walk.get(frame)).regions())
            .as("the frame that cleared does not show it")
            .noneMatch(region -> Association.overlap(region.box(), alarm.box()) >= 0.1);
      }
    }
    assertThat(words.values()).allMatch(word -> word.matches("RU*C?"));
  }
}
