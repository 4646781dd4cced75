package dev.catseye.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.testkit.Masks;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** A camera at 10 Hz; the clock is the test's. */
class CameraHealthTest {
  private static final HealthConfig CONFIG =
      new HealthConfig(
          Duration.ofMillis(100), Optional.empty(), true, Duration.ofHours(1), 64, false);
  private static final long PERIOD = 100_000;

  private long now = 1_000_000;
  private long sequence;
  private boolean framesWait;
  private final CameraHealth health = new CameraHealth(now);

  private FrameId frame() {
    return new FrameId("front", "boot-1", sequence++, now);
  }

  private boolean judge() {
    return health.judge(CONFIG, now, () -> framesWait);
  }

  private void add(Mask mask) {
    add(mask, Sight.FRESH);
  }

  private void add(Mask mask, Sight sight) {
    health.add(mask, sight, false, CONFIG, now);
    judge();
    now += PERIOD;
  }

  private void goodFrames(int count) {
    for (int i = 0; i < count; i++) {
      add(Masks.detected(frame()));
    }
  }

  @Test
  void newCamera_startsAndIsOkAfterTenGoodFrames() {
    goodFrames(9);
    assertThat(health.state).isEqualTo(HealthState.STARTING);
    assertThat(health.reasons).containsExactly(HealthReason.RECOVERING);
    goodFrames(1);
    assertThat(health.state).isEqualTo(HealthState.OK);
    assertThat(health.reasons).isEmpty();
  }

  @Test
  void cpuInThePlaceOfAnAccelerator_isDegraded_andOkAgainOnTheAccelerator() {
    HealthConfig accelerated =
        new HealthConfig(
            Duration.ofMillis(100), Optional.empty(), true, Duration.ofHours(1), 64, true);
    goodFrames(10);
    health.judge(accelerated, now, () -> false);
    assertThat(health.state).isEqualTo(HealthState.DEGRADED);
    assertThat(health.reasons).containsExactly(HealthReason.ACCELERATOR);
    health.provider = "CUDA";
    health.judge(accelerated, now, () -> false);
    assertThat(health.state).isEqualTo(HealthState.OK);
    assertThat(health.reasons).isEmpty();
  }

  @Test
  void silenceUpToTheBound_isNoFault_andAMicrosecondMoreIs() {
    goodFrames(10);
    long last = health.lastFreshMicros;
    now = last + 500_000;
    assertThat(judge()).isFalse();
    assertThat(health.state).isEqualTo(HealthState.OK);
    now = last + 500_001;
    assertThat(judge()).isTrue();
    assertThat(health.state).isEqualTo(HealthState.BLIND);
    assertThat(health.reasons).containsExactly(HealthReason.SILENT);
  }

  @Test
  void slowCamera_hasFivePeriods() {
    for (int i = 0; i < 12; i++) {
      add(Masks.detected(frame()));
      now += 9 * PERIOD; // 1 Hz
    }
    assertThat(health.boundMicros(CONFIG)).isEqualTo(5_000_000);
  }

  @Test
  void configuredPeriod_standsAboveTheMeasuredOne() {
    goodFrames(10);
    HealthConfig config =
        new HealthConfig(
            Duration.ofMillis(100),
            Optional.of(Duration.ofMillis(400)),
            true,
            Duration.ofHours(1),
            64,
            false);
    assertThat(health.boundMicros(config)).isEqualTo(2_000_000);
  }

  @Test
  void framesThatWait_makeTheReasonStalled() {
    goodFrames(10);
    framesWait = true;
    now += 1_000_000;
    judge();
    assertThat(health.reasons).containsExactly(HealthReason.STALLED);
    framesWait = false;
    assertThat(judge()).as("another reason is a change").isTrue();
    assertThat(health.reasons).containsExactly(HealthReason.SILENT);
  }

  @Test
  void onlyRejectedFrames_makeTheReasonRejected() {
    goodFrames(10);
    for (int i = 0; i < 6; i++) {
      add(Masks.without(frame(), Outcome.REJECTED));
    }
    assertThat(health.state).isEqualTo(HealthState.BLIND);
    assertThat(health.reasons).containsExactly(HealthReason.REJECTED);
  }

  @Test
  void afterBlindness_tenGoodFramesInARowAreNeeded() {
    goodFrames(10);
    now += 1_000_000;
    judge();
    goodFrames(5);
    add(Masks.without(frame(), Outcome.REJECTED));
    goodFrames(9);
    assertThat(health.state).isEqualTo(HealthState.BLIND);
    assertThat(health.reasons).containsExactly(HealthReason.RECOVERING);
    goodFrames(1);
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void oneRejectedFrame_degradesForTenFrames() {
    goodFrames(10);
    add(Masks.without(frame(), Outcome.REJECTED));
    assertThat(health.state).isEqualTo(HealthState.DEGRADED);
    assertThat(health.reasons).containsExactly(HealthReason.REJECTED);
    goodFrames(9);
    assertThat(health.state).isEqualTo(HealthState.DEGRADED);
    goodFrames(1);
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void overdueMask_neverMakesACameraOk_butKeepsItFromBlindness() {
    for (int i = 0; i < 30; i++) {
      add(Masks.overdue(frame()));
    }
    assertThat(health.state).isEqualTo(HealthState.STARTING);
    goodFrames(10);
    add(Masks.overdue(frame()));
    assertThat(health.state).isEqualTo(HealthState.DEGRADED);
    assertThat(health.reasons).containsExactly(HealthReason.OVERDUE);
  }

  @Test
  void overdueMasks_areGoodWhereFramesAreOld() {
    HealthConfig ledger =
        new HealthConfig(
            Duration.ofSeconds(1), Optional.empty(), false, Duration.ofHours(1), 64, false);
    for (int i = 0; i < 10; i++) {
      health.add(Masks.overdue(frame()), Sight.FRESH, false, ledger, now);
      now += PERIOD;
    }
    health.judge(ledger, now, () -> false);
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void oldFrames_sayNothing() {
    goodFrames(10);
    add(Masks.without(frame(), Outcome.DUPLICATE));
    add(Masks.without(frame(), Outcome.LATE));
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void record_tellsWhatCameSinceThePreviousOne() {
    goodFrames(3);
    add(Masks.without(frame(), Outcome.REJECTED));
    Health record = health.publish("front", now, "test-1");
    assertThat(record.counter()).isEqualTo(4);
    assertThat(record.counts()).isEqualTo(new OutcomeCounts(3, 0, 1, 0, 0));
    assertThat(record.frameAge().orElseThrow().count()).isEqualTo(3);
    assertThat(record.lastFrame().orElseThrow().sequence()).isEqualTo(2);
    assertThat(health.publish("front", now, "test-1").counts()).isEqualTo(OutcomeCounts.NONE);
    assertThat(health.isDue(CONFIG, now + 99_999)).isFalse();
    assertThat(health.isDue(CONFIG, now + 100_000)).isTrue();
  }

  @Test
  void frozenPictures_makeACameraBlind_asLateAsSilence() {
    goodFrames(10);
    long last = health.lastFreshMicros;
    while (now <= last + 500_000) {
      add(Masks.detected(frame()), Sight.FROZEN);
      assertThat(health.state).isEqualTo(HealthState.OK);
    }
    add(Masks.detected(frame()), Sight.FROZEN);
    assertThat(health.state).isEqualTo(HealthState.BLIND);
    assertThat(health.reasons).containsExactly(HealthReason.FROZEN);
    goodFrames(10);
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void darkPicturesThatEnd_becomeSilence() {
    goodFrames(10);
    for (int i = 0; i < 7; i++) {
      add(Masks.detected(frame()), Sight.DARK);
    }
    assertThat(health.reasons).containsExactly(HealthReason.DARK);
    now += 600_000;
    judge();
    assertThat(health.reasons).containsExactly(HealthReason.SILENT);
  }

  @Test
  void pictureRepeatedNowAndThen_isNoFault() {
    for (int i = 0; i < 30; i++) {
      add(Masks.detected(frame()), i % 2 == 0 ? Sight.FRESH : Sight.FROZEN);
    }
    assertThat(health.state).isEqualTo(HealthState.OK);
  }

  @Test
  void moreThingsThanAreFollowed_degrade() {
    goodFrames(10);
    health.add(Masks.detected(frame()), Sight.FRESH, true, CONFIG, now);
    judge();
    assertThat(health.state).isEqualTo(HealthState.DEGRADED);
    assertThat(health.reasons).containsExactly(HealthReason.CROWDED);
  }

  @Test
  void storedState_comesBackEqual() {
    goodFrames(12);
    add(Masks.without(frame(), Outcome.REJECTED));
    Serde<CameraState> serde = CameraStateSerde.create();
    byte[] bytes =
        serde.serializer().serialize("changelog", new CameraState(AlarmMemory.EMPTY, health));
    CameraHealth read = serde.deserializer().deserialize("changelog", bytes).health();
    assertThat(read).usingRecursiveComparison().isEqualTo(health);
  }
}
