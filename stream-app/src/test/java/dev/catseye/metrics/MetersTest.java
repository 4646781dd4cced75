package dev.catseye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.ProcessState.RoleState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Outcome;
import dev.catseye.testkit.Masks;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
  void runs_areCountedBySizeCauseAndResult_andTimed() {
    meters.ran(4, "full", 0.1, false);
    meters.ran(1, "retry", 0.05, true);
    meters.inferenceWaiting(3);
    assertThat(meters.text())
        .contains("catseye_run_frames_bucket{le=\"3.0\",} 1.0")
        .contains("catseye_run_frames_sum 5.0")
        .contains("catseye_run_duration_seconds_bucket{le=\"0.05\",} 1.0")
        .contains("catseye_runs_total{closed_by=\"full\",result=\"ok\",} 1.0")
        .contains("catseye_runs_total{closed_by=\"retry\",result=\"failed\",} 1.0")
        .contains("catseye_inference_waiting 3.0");
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

  @Test
  void latencyBudgets_areBucketBounds() {
    meters.settled(Masks.detected(FRAME), false);
    List<String> bounds =
        meters
            .text()
            .lines()
            .filter(line -> line.startsWith("catseye_frame_age_seconds_bucket"))
            .map(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1"))
            .toList();
    // Source: facts/streaming.md 2.11.
    assertThat(bounds)
        .contains(
            "0.005", "0.01", "0.02", "0.035", "0.05", "0.075", "0.1", "0.125", "0.15", "0.175",
            "0.2", "0.225", "0.25", "0.3", "0.35", "0.4", "0.5", "0.75", "1.0", "2.0", "5.0",
            "10.0", "+Inf");
  }

  @Test
  void admittedFrame_hasItsAgeAtAppendAndAdmission() {
    meters.admitted(FRAME, 2_030_000, 2_060_000);
    assertThat(meters.text())
        .contains("catseye_frame_age_at_append_seconds_sum{camera=\"front\",} 0.03")
        .contains("catseye_frame_age_at_admission_seconds_sum{camera=\"front\",} 0.06");
  }

  @Test
  void cameraClockAheadOfOurs_givesAgeZero() {
    meters.admitted(FRAME, 1_900_000, 1_950_000);
    assertThat(meters.text())
        .contains("catseye_frame_age_at_admission_seconds_sum{camera=\"front\",} 0.0");
  }

  @Test
  void process_isShownAsItIsAtEachScrape() {
    List<RoleState> judge = List.of(new RoleState("judge", 9, 4, 1.5, 0.25, 12));
    AtomicReference<ProcessState> state =
        new AtomicReference<>(new ProcessState(true, false, 0.5, judge));
    meters.process(state::get);
    assertThat(meters.text())
        .contains("# TYPE catseye_ready gauge", "catseye_ready 0.0", "catseye_live 1.0")
        .contains("# TYPE catseye_role_polls_total counter")
        .contains("catseye_role_polls_total{role=\"judge\",} 9.0")
        .contains("catseye_role_commits_total{role=\"judge\",} 4.0")
        .contains("catseye_role_idle_seconds{role=\"judge\",} 1.5")
        .contains("catseye_role_uncommitted_seconds{role=\"judge\",} 0.25")
        .contains("catseye_role_lag_records{role=\"judge\",} 12.0")
        .contains("catseye_broker_silence_seconds 0.5");
    state.set(new ProcessState(true, true, 0, judge));
    assertThat(meters.text()).contains("catseye_ready 1.0");
  }

  @Test
  void model_isNamedWithItsPrecision() {
    meters.model(new ModelLabels("starter", "1", "ab", "entropy", "CUDA", "fp16"), true);
    assertThat(meters.text())
        .contains("provider=\"CUDA\",precision=\"fp16\",} 1.0", "catseye_accelerator_active 1.0");
  }
}
