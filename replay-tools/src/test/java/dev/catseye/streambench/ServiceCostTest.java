package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServiceCostTest {
  private static final long MINUTE = 60_000_000_000L;

  /** A page as the service prints it. */
  private static MetricsPage page(
      long nanos, int single, int upToEight, double runSeconds, int mib, int received) {
    int runs = single + upToEight;
    return MetricsPage.read(
        """
        # HELP catseye_run_frames Frames that were computed in one run.
        # TYPE catseye_run_frames histogram
        catseye_run_frames_bucket{le="1.0",} %d.0
        catseye_run_frames_bucket{le="4.0",} %d.0
        catseye_run_frames_bucket{le="8.0",} %d.0
        catseye_run_frames_bucket{le="+Inf",} %d.0
        catseye_run_frames_count %d.0
        catseye_run_frames_sum %d.0
        catseye_run_duration_seconds_sum %s
        catseye_frames_received_total{camera="camera-0",} %d.0
        catseye_frames_received_total{camera="camera-1",} 5.0
        catseye_frames_received_created{camera="camera-1",} 1.7E9
        catseye_jvm_allocated_bytes_total %sE6
        process_resident_memory_bytes %d.0
        """
            .formatted(
                single,
                single,
                runs,
                runs,
                runs,
                single + 8 * upToEight,
                runSeconds,
                received,
                received,
                mib << 20),
        nanos);
  }

  private final ServiceCost cost =
      ServiceCost.between(
          List.of(
              page(0, 10, 0, 1, 100, 100),
              page(MINUTE, 11, 1, 2, 104, 150),
              page(2 * MINUTE, 12, 3, 3.5, 108, 200)));

  @Test
  void runs_areThoseBetweenTheFirstPageAndTheLast() {
    assertThat(cost.runs()).containsExactlyInAnyOrderEntriesOf(Map.of(1.0, 2L, 8.0, 3L));
    assertThat(cost.meanRunSeconds()).isCloseTo(0.5, within(1e-9));
    assertThat(cost.meanRunFrames()).isCloseTo(26 / 5.0, within(1e-9));
  }

  @Test
  void memory_growsByTheLineThroughAllPages() {
    assertThat(cost.rssMib()).isEqualTo(108);
    assertThat(cost.rssSlope()).isCloseTo(4, within(1e-9));
  }

  @Test
  void allocatedBytes_areSharedAmongAllFramesAndAmongTheComputedOnes() {
    assertThat(cost.allocatedPerFrame()).isCloseTo(1e6, within(1.0));
    assertThat(cost.allocatedPerDetected()).isCloseTo(100e6 / 26, within(1.0));
  }
}
