package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.schemas.Outcome;
import dev.catseye.service.Installation;
import dev.catseye.verify.Census;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few seconds of the bench with the shipped bundle and two cameras; no speed is judged. */
final class StreamBenchIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  private static final Installation INSTALLATION = new Installation(HOME);

  @TempDir private static Path folder;
  private static StreamReport report;
  private static final List<String> SAID = new ArrayList<>();

  @BeforeAll
  static void measure() throws Exception {
    assumeTrue(
        Files.isDirectory(HOME.resolve("stream-app/target/lib")),
        "stream-app is not packaged: build from the root");
    report =
        StreamBench.measure(
            INSTALLATION,
            new StreamBenchConfig(
                RunProfile.LIVE,
                INSTALLATION.starterBundle(),
                2,
                2,
                List.of(Batching.ON),
                2,
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                Optional.of(folder)),
            SAID::add);
  }

  private static StreamFigures figures() {
    return report.figures().get(0);
  }

  @Test
  void everyFrame_hasAnOutcomeAndTheCheckerSaysPass() {
    Verdict verdict = figures().verdict();
    Census census = verdict.census();
    assertThat(verdict.word())
        .as(verdict.doubts() + " " + verdict.examples())
        .isEqualTo(Verdict.Word.PASS);
    assertThat(census.frames()).isPositive().isEqualTo(census.judged());
    assertThat(census.outcomes().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(census.frames());
    assertThat(census.cameras()).hasSize(2);
    assertThat(figures().frames()).isPositive().isLessThan(census.frames());
    assertThat(figures().outcomes()).containsKey(Outcome.DETECTED);
  }

  @Test
  void ages_arePositiveAndThoseOfDetectedFrames() {
    assertThat(figures().agesMicros())
        .hasSize(figures().outcomes().get(Outcome.DETECTED).intValue())
        .allMatch(micros -> micros > 0 && micros < 60_000_000);
    assertThat(figures().meanAgeMs()).isFinite();
  }

  @Test
  void theMetersOfTheService_tellRunsAndMemory() {
    ServiceCost cost = figures().cost();
    assertThat(cost.runs().keySet()).isSubsetOf(1.0, 2.0);
    assertThat(cost.runs().values().stream().mapToLong(Long::longValue).sum()).isPositive();
    assertThat(cost.meanRunFrames()).isBetween(1.0, 2.0);
    assertThat(cost.meanRunSeconds()).isPositive();
    assertThat(cost.rssMib()).isGreaterThan(1024);
    assertThat(cost.rssSlope()).isFinite();
    // At the least the pixels of a picture of 1024x512.
    assertThat(cost.allocatedPerDetected()).isGreaterThan(3 * 1024 * 512);
  }

  @Test
  void tableAndJson_tellTheSame() throws Exception {
    JsonNode json = new ObjectMapper().readTree(StreamJson.of(report)).get("figures").get(0);
    assertThat(json.get("verdict").asText()).isEqualTo("PASS");
    assertThat(json.get("frames").asLong()).isEqualTo(figures().frames());
    assertThat(json.get("capacity_per_s").asDouble()).isEqualTo(figures().capacity()).isPositive();
    assertThat(StreamTable.of(report))
        .contains("profile live, 2 cameras, load 2.00 x capacity for 4 s, batching on")
        .contains("age p99, ms")
        .containsPattern("verdict +PASS");
  }

  @Test
  void logs_areKeptWhereAskedFor() {
    assertThat(folder.resolve("on").toFile().list()).contains("broker.log", "service.log");
    assertThat(SAID).first().asString().contains("batching on: starting");
  }
}
