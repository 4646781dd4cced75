package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.bench.Machine;
import dev.catseye.verify.Census;
import dev.catseye.verify.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class OverheadTableTest {
  private static final Verdict PASS =
      new Verdict(
          Verdict.Word.PASS,
          new Census(
              0,
              0,
              new TreeMap<>(),
              0,
              0,
              0,
              0,
              0,
              0,
              List.of(),
              new TreeSet<>(),
              new TreeSet<>(),
              new TreeSet<>(),
              new TreeSet<>(),
              new TreeSet<>()),
          Map.of(),
          Map.of(),
          List.of(),
          List.of());

  private static Passes passes(long micros, long inferMicros) {
    return new Passes(List.of(micros, micros), List.of(micros - inferMicros, micros - inferMicros));
  }

  private static OverheadReport report(OverheadRun... runs) {
    return new OverheadReport(
        new OverheadConfig(
            Path.of("b"), 8, 2, 512, 264, 2, Duration.ofSeconds(10), false, Optional.empty()),
        "nothing 0.1.0",
        "ab".repeat(32),
        1900,
        new Machine("Some CPU", 2, List.of("avx2"), Optional.empty()),
        OptionalDouble.of(0.5),
        OptionalDouble.of(1.5),
        List.of(runs),
        PASS);
  }

  @Test
  void aServiceThatIsCloseEnough_meetsItsTargets() {
    String table =
        OverheadTable.of(report(new OverheadRun(passes(18_000, 1000), passes(14_000, 0), 90, 100)));

    assertThat(table)
        .contains("8 cameras, 512x264 rgb8 (405 KB), 2.0 frames/s each for latency")
        .contains("load      0.5 before, 1.5 after")
        .contains("roles perceive alone")
        .contains("p50 of the service less that of the client: 4.0 ms, target 5 or less: met;")
        .contains("less inference: 3.0 ms: met")
        .contains("rate of the service over that of the client: 0.90, target 0.8 or more: met");
  }

  @Test
  void aServiceThatIsTooSlow_missesThem() {
    String table =
        OverheadTable.of(
            report(new OverheadRun(passes(90_000, 80_000), passes(14_000, 0), 50, 100)));

    assertThat(table)
        .contains("p50 of the service less that of the client: 76.0 ms, target 5 or less: missed;")
        .contains("p99 of the service less that of the client: 76.0 ms, target 40 or less: missed;")
        .contains("less inference: -4.0 ms: met")
        .contains("rate of the service over that of the client: 0.50, target 0.8 or more: missed");
  }

  @Test
  void severalRuns_areJoinedFrameByFrameAndRatesAreMeans() throws Exception {
    OverheadReport report =
        report(
            new OverheadRun(passes(10_000, 0), passes(10_000, 0), 60, 100),
            new OverheadRun(passes(30_000, 0), passes(20_000, 0), 100, 100));

    JsonNode all = new ObjectMapper().readTree(OverheadJson.of(report)).get("all");
    assertThat(all.get("service").get("frames").asInt()).isEqualTo(4);
    assertThat(all.get("service").get("p50_ms").asDouble()).isEqualTo(10);
    assertThat(all.get("service").get("p99_ms").asDouble()).isEqualTo(30);
    assertThat(all.get("rate_ratio").asDouble()).isEqualTo(0.8);
  }
}
