package dev.catseye.verify;

import static dev.catseye.verify.JudgedRecording.alarm;
import static dev.catseye.verify.JudgedRecording.health;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Origin;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One clean run with alarms and health, and its copies with one fault each. */
class JudgedRunTest {
  private final JudgedRecording judged = JudgedRecording.clean();

  @Test
  void aCleanRun_passes() {
    Verdict verdict = judged.judge();

    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void anAlarmWithoutMask_breaksC3() {
    Origin nowhere = new Origin("frames", 0, 77);
    judged.alarms.add(alarm("forged", AlarmState.RAISED, 8, nowhere, 5, 3200));
    assertThat(only(Promise.C3)).contains("there is no frame frames-0@77");
  }

  @Test
  void anAlarmOfARejectedFrame_breaksC3() {
    judged.alarms.set(1, alarm(AlarmState.UPDATED, 5, 2, 700));
    assertThat(only(Promise.C3)).endsWith("frames-0@10 is REJECTED");
  }

  @Test
  void anAlarmAboutAnotherFrameThanItsEvidence_breaksC3() {
    String id = judged.alarms.get(0).alarmId();
    judged.alarms.set(1, alarm(id, AlarmState.UPDATED, 6, new Origin("frames", 0, 14), 2, 700));
    assertThat(only(Promise.C3)).endsWith("is not that of frames-0@14");
  }

  @Test
  void aRegionThatNoMaskHas_breaksC3() {
    judged.write();
    // peak score 0.8 becomes 0.9
    judged.run.alarms.set(1, Recording.resealed(judged.run.alarms.get(1), "cdcc4c3f", "6666663f"));
    Verdict verdict = judged.run.judge();
    assertThat(verdict.violations()).containsOnlyKeys(Promise.C3);
    assertThat(verdict.examples().get(0).text()).contains("has no region 2 x 2 at (34, 0)");
  }

  @Test
  void clearedBeforeRaised_breaksC1() {
    judged.alarms.clear();
    judged.alarms.add(alarm(AlarmState.CLEARED, 11, 1, 300));
    judged.alarms.add(alarm(AlarmState.RAISED, 3, 2, 400));
    judged.alarms.add(alarm(AlarmState.SUSPENDED, 8, 3, 1501));
    assertThat(judged.judge().violations()).containsOnlyKeys(Promise.C1);
  }

  @Test
  void anAlarmRaisedTwice_breaksC1() {
    judged.alarms.set(1, alarm(AlarmState.RAISED, 7, 2, 700));
    assertThat(only(Promise.C1)).endsWith("RAISED while it is open");
  }

  @Test
  void twoAlarmsAboutOneThing_breakC1() {
    Origin evidence = new Origin("frames", 0, 14);
    judged.alarms.add(2, alarm("another", AlarmState.RAISED, 7, evidence, 3, 701));
    judged.alarms.set(3, alarm(AlarmState.SUSPENDED, 8, 4, 1501));
    judged.alarms.add(
        4, alarm("another", AlarmState.SUSPENDED, 8, new Origin("frames", 0, 16), 5, 1502));
    judged.alarms.set(5, alarm(AlarmState.CLEARED, 11, 6, 3000));
    Verdict verdict = judged.judge();
    assertThat(verdict.violations()).containsOnlyKeys(Promise.C1);
    assertThat(verdict.examples())
        .extracting(Violation::text)
        .anyMatch(text -> text.startsWith("alarm another is about the region of alarm"))
        .anyMatch(text -> text.contains("gives this name"));
  }

  @Test
  void clearedTwice_breaksC1() {
    judged.alarms.add(alarm(AlarmState.CLEARED, 11, 5, 3000));
    assertThat(only(Promise.C1)).endsWith("CLEARED after CLEARED");
  }

  @Test
  void clearedWithoutEvidence_breaksC2() {
    String id = judged.alarms.get(0).alarmId();
    judged.alarms.set(3, alarm(id, AlarmState.CLEARED, 11, new Origin("frames", 0, 99), 4, 3000));
    assertThat(only(Promise.C2)).contains("there is no frame frames-0@99");
  }

  @Test
  void clearedByTheFrameThatShowsIt_breaksC2() {
    judged.alarms.set(3, alarm(AlarmState.CLEARED, 7, 4, 3000));
    assertThat(only(Promise.C2)).contains("is not behind frames-0@14");
  }

  @Test
  void clearedByARejectedFrame_breaksC2() {
    judged.alarms.set(1, alarm(AlarmState.UPDATED, 4, 2, 700));
    judged.alarms.set(3, alarm(AlarmState.CLEARED, 5, 4, 3000));
    assertThat(only(Promise.C2)).endsWith("frames-0@10 is REJECTED");
  }

  @Test
  void anAlarmCounterGap_breaksE1() {
    judged.alarms.remove(1);
    assertThat(only(Promise.E1)).isEqualTo("alarm counter 3 of camera camera-0 after 1");
  }

  @Test
  void noSuspensionAlthoughBlind_breaksC5() {
    judged.alarms.remove(2);
    judged.alarms.set(2, alarm(AlarmState.CLEARED, 11, 3, 3000));
    Verdict verdict = judged.judge();
    assertThat(verdict.violations()).containsOnlyKeys(Promise.C5);
  }

  @Test
  void aSuspensionTooLate_breaksC5() {
    judged.alarms.set(2, alarm(AlarmState.SUSPENDED, 8, 3, 1951));
    assertThat(only(Promise.C5)).contains("is open and not suspended");
  }

  @Test
  void sightThatIsClaimedInSilence_breaksC4() {
    judged.health.set(4, health(HealthState.DEGRADED, HealthReason.OVERDUE, 12, 0, 2700));
    assertThat(only(Promise.C4))
        .isEqualTo(
            "DEGRADED of camera camera-0, but no frame was detected for 1600 ms, at most 750");
  }

  @Test
  void okAfterNineGoodFrames_breaksC4() {
    judged.health.set(5, health(HealthState.OK, null, 21, 9, 3000));
    assertThat(only(Promise.C4))
        .isEqualTo("OK of camera camera-0 after 9 good frames, 10 are needed");
  }

  @Test
  void anAliveCounterThatStands_breaksE2() {
    judged.health.set(6, health(HealthState.OK, null, 21, 1, 3100));
    assertThat(only(Promise.E2))
        .isEqualTo("alive counter 21 of camera camera-0 after 21, with 1 masks between");
  }

  @Test
  void brokenSeals_breakE1AndE2() {
    judged.write();
    judged.run.alarms.set(3, Recording.flipped(judged.run.alarms.get(3), 200));
    assertThat(judged.run.judge().violations().keySet()).isEqualTo(Set.of(Promise.E1));

    JudgedRecording other = JudgedRecording.clean();
    other.write();
    other.run.health.set(6, Recording.flipped(other.run.health.get(6), 200));
    assertThat(other.run.judge().violations().keySet()).isEqualTo(Set.of(Promise.E2));
  }

  @Test
  void aLostMask_isNotCountedAgainstTheAlarmsAsWell() {
    judged.run.masks.remove(3);
    assertThat(judged.judge().violations()).containsOnlyKeys(Promise.B1);
  }

  @Test
  void alarmsWhoseBeginningIsDeleted_areNotHeldAgainstTheService() {
    judged.alarms.subList(0, 2).clear();
    judged.write();
    Collections.replaceAll(
        judged.run.logs,
        new LogBounds("alarms", 0, 0, 100, 100),
        new LogBounds("alarms", 0, 2, 100, 100));
    assertThat(judged.run.judge().violations()).isEmpty();
  }

  private String only(Promise promise) {
    Verdict verdict = judged.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(verdict.violations()).as("%s", verdict.examples()).containsOnlyKeys(promise);
    return verdict.examples().get(0).text();
  }
}
