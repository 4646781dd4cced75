package dev.catseye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Outcome;
import dev.catseye.testkit.Masks;
import org.junit.jupiter.api.Test;

class MetersTest {
  private static final FrameId FRAME = new FrameId("front", "boot-1", 1, 2_000_000);

  private final Meters meters = new Meters();

  @Test
  void detectedFrame_isCountedAndTimed() {
    meters.received("front");
    meters.settled(Masks.detected(FRAME), false);
    assertThat(meters.text())
        .contains("catseye_frames_received_total{camera=\"front\",} 1.0")
        .contains(
            "catseye_frames_outcome_total{camera=\"front\",outcome=\"DETECTED\",reason=\"NONE\",} 1.0")
        .contains("catseye_stage_duration_seconds_count{stage=\"infer\",} 1.0")
        .contains("catseye_frame_age_seconds_bucket{camera=\"front\",le=\"0.05\",} 1.0")
        .contains("catseye_last_frame_timestamp_seconds{camera=\"front\",} 2.0");
  }

  @Test
  void rejectedFrame_hasNoAge() {
    meters.settled(Masks.without(FRAME, Outcome.REJECTED), false);
    assertThat(meters.text())
        .contains("outcome=\"REJECTED\",reason=\"DECODE\",} 1.0")
        .doesNotContain("catseye_frame_age_seconds_bucket{");
  }

  @Test
  void exactlyOneHealthState_isSet() {
    meters.health("front", HealthState.OK);
    meters.health("front", HealthState.BLIND);
    assertThat(meters.text())
        .contains("catseye_health_state{camera=\"front\",state=\"blind\",} 1.0")
        .contains("catseye_health_state{camera=\"front\",state=\"ok\",} 0.0");
  }

  @Test
  void anyNumberOfNames_makesALimitedNumberOfSeries() {
    for (int i = 0; i < 5 * CameraLabels.MOST_CAMERAS; i++) {
      meters.received("camera-" + i);
    }
    assertThat(
            meters.text().lines().filter(line -> line.startsWith("catseye_frames_received_total{")))
        .hasSize(CameraLabels.MOST_CAMERAS + 1)
        .anyMatch(line -> line.contains(CameraLabels.OTHERS) && line.endsWith(" 400.0"));
  }

  @Test
  void overtakenFrame_isCounted_andLeavesTheNewestOneTheNewest() {
    meters.settled(Masks.detected(FRAME), false);
    meters.settled(Masks.detected(new FrameId("front", "boot-1", 0, 1_000_000)), true);
    assertThat(meters.text())
        .contains("outcome=\"DETECTED\",reason=\"NONE\",} 2.0")
        .contains("catseye_frame_age_seconds_count{camera=\"front\",} 1.0")
        .contains("catseye_last_frame_timestamp_seconds{camera=\"front\",} 2.0");
  }
}
