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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Frames come every 100 ms; three sightings in five frames raise, 300 ms without one clear. */
class AlarmLogicTest {
  private static final AlarmConfig CONFIG =
      Configs.alarms(
          new EvidenceConfig(Optional.of(0.7f), 64, 0.3f, 0.5f, Rois.WHOLE),
          Duration.ofMillis(300),
          Duration.ofMillis(400));
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
    assertThat(logic.suspend(step.memory()).alarms()).as("told once").isEmpty();
  }

  @Test
  void resumingAfterASuspension_sendsNoExtraUpdate() {
    raise();
    memory = logic.suspend(memory).memory();
    assertThat(see(OBSTACLE)).isEmpty();
    assertThat(logic.suspend(memory).alarms()).as("told again once blind again").hasSize(1);
  }

  @Test
  void sightingsBeforeAGapInTheStream_raiseNothing() {
    see(OBSTACLE);
    see(OBSTACLE);
    sequence += 60; // 6 s, more than the window
    assertThat(see(OBSTACLE)).isEmpty();
    assertThat(see(OBSTACLE)).isEmpty();
    assertThat(see(OBSTACLE)).extracting(Alarm::evidenceCount).containsExactly(3);
  }

  @Test
  void clockThatJumpsAndComesBack_raisesNothingInAPictureThatDoesNotShowIt() {
    see(OBSTACLE);
    see(OBSTACLE);
    judge(
        Masks.detected(
            new FrameId("front", "boot-1", sequence++, Duration.ofMinutes(30).toNanos() / 1000),
            OBSTACLE));

    assertThat(see()).as("the first two count again, the third never does").isEmpty();
    assertThat(see(OBSTACLE))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.state()).isEqualTo(RAISED);
              assertThat(alarm.evidenceCount()).isEqualTo(3);
            });
  }

  @Test
  void sightingsOfAnotherBoot_raiseNothing() {
    see(OBSTACLE);
    see(OBSTACLE);
    assertThat(judge(Masks.detected(frame("boot-2", 0), OBSTACLE))).isEmpty();
    assertThat(judge(Masks.detected(frame("boot-2", 1), OBSTACLE))).isEmpty();
  }

  @Test
  void frozenAndDarkPictures_raiseAndClearNothing() {
    raise();
    FrameId shown = frame("boot-1", sequence - 1);
    for (int i = 0; i < 20; i++) {
      assertThat(judge(Masks.repeated(frame("boot-1", sequence++), shown))).isEmpty();
      assertThat(judge(Masks.lit(frame("boot-1", sequence++), 3.9, 50))).isEmpty();
      assertThat(judge(Masks.lit(frame("boot-1", sequence++), 250, 2.9))).isEmpty();
    }
    assertThat(memory.open()).isEqualTo(1);
  }

  @Test
  void regionBesideTheRoad_raisesNothing_butKeepsAnOpenAlarm() {
    Region beside = region(100, 100, 20, 20, 0.9, OptionalDouble.of(0.2));
    for (int i = 0; i < 10; i++) {
      assertThat(see(beside)).isEmpty();
    }
    raise();
    for (int i = 0; i < 10; i++) {
      assertThat(see(beside)).extracting(Alarm::state).doesNotContain(CLEARED);
    }
    assertThat(memory.open()).isEqualTo(1);
  }

  @Test
  void regionWithoutKnownSurroundings_counts() {
    Region unknown = region(100, 100, 20, 20, 0.9, OptionalDouble.empty());
    see(unknown);
    see(unknown);
    assertThat(see(unknown)).extracting(Alarm::severity).containsExactly(Severity.MEDIUM);
  }

  @Test
  void severityThatRises_isToldAtOnce() {
    Region beside = region(100, 100, 20, 20, 0.9, OptionalDouble.of(0.4));
    see(beside);
    see(beside);
    assertThat(see(beside)).extracting(Alarm::severity).containsExactly(Severity.LOW);
    assertThat(see(OBSTACLE)).extracting(Alarm::severity).containsExactly(Severity.MEDIUM);
    assertThat(see(beside)).as("falling waits for its turn").isEmpty();
  }

  @Test
  void thingThatMovesByMoreThanItsWidth_staysOneAlarm() {
    List<Alarm> alarms = new ArrayList<>();
    int x = 100;
    for (int i = 0; i < 30; i++) {
      x += 2 + Math.min(i, 22); // the step grows to 24 px, the box is 20 wide
      alarms.addAll(see(region(x, 200, 20, 20, 0.9)));
    }
    assertThat(alarms).extracting(Alarm::alarmId).containsOnly(alarms.get(0).alarmId());
    assertThat(alarms).extracting(Alarm::state).doesNotContain(CLEARED);
  }

  @Test
  void moreThingsThanAreFollowed_areRefusedAndCounted_andOpenAlarmsStay() {
    raise();
    Region[] crowd = new Region[100];
    crowd[0] = OBSTACLE;
    for (int i = 1; i < 100; i++) {
      crowd[i] = region(10 * i, 400, 9, 9, 0.8);
    }
    for (int i = 0; i < 5; i++) {
      AlarmMemory.Step step =
          logic.judge(memory, Masks.detected(frame("boot-1", sequence++), crowd));
      memory = step.memory();
      assertThat(step.refused()).isEqualTo(36);
      assertThat(memory.tracks()).hasSize(64);
    }
    assertThat(memory.open()).isEqualTo(64);
    assertThat(memory.tracks().get(0).region()).isEqualTo(OBSTACLE);
  }

  @Test
  void approachingObstacle_staysOneAlarm_andTellsTheTimeToContact() {
    List<Alarm> alarms = new ArrayList<>();
    double contact = 5;
    for (int i = 0; i < 40; i++) {
      int side = (int) Math.round(100 / (contact - 0.1 * i)); // 20 px at 5 s, 100 px at 1 s
      alarms.addAll(see(region(500 - side / 2, 200 - side / 2, side, side, 0.9)));
    }
    assertThat(alarms).extracting(Alarm::alarmId).containsOnly(alarms.get(0).alarmId());
    Alarm last = alarms.get(alarms.size() - 1);
    double left = contact - (last.lastFrame().captureMicros() - 1_000_000) / 1e6;
    // A straight line through the last second of a curve lags a little.
    assertThat(last.secondsToContact().orElseThrow()).isBetween(left - 0.1, left + 0.4);
    assertThat(last.severity()).isEqualTo(Severity.HIGH);
  }

  @Test
  void twoObstacles_areTwoAlarms() {
    Region other = region(600, 300, 20, 20, 0.8);
    see(OBSTACLE, other);
    see(OBSTACLE, other);
    assertThat(see(OBSTACLE, other)).extracting(Alarm::alarmId).hasSize(2).doesNotHaveDuplicates();
  }
}
