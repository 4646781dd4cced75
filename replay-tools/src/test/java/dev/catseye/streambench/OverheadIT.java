package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catseye.service.Installation;
import dev.catseye.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A second of each with a network that costs next to nothing; no speed is judged. */
final class OverheadIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Path TOY = HOME.resolve("onnx-models/src/test/resources/toy");
  private static final double FRAMES_PER_SECOND = 5;

  private static OverheadReport report;

  @BeforeAll
  static void measure() throws Exception {
    assumeTrue(
        Files.isDirectory(HOME.resolve("stream-app/target/lib")),
        "stream-app is not packaged: build from the root");
    report =
        new Overhead(
                new Installation(HOME),
                new OverheadConfig(
                    TOY,
                    2,
                    FRAMES_PER_SECOND,
                    128,
                    64,
                    1,
                    Duration.ofSeconds(1),
                    false,
                    Optional.empty()),
                line -> {})
            .measure();
  }

  @Test
  void everyFrameOfTheService_hasAnOutcomeAndNoneIsGivenUp() {
    Verdict verdict = report.verdict();
    assertThat(verdict.word())
        .as(verdict.doubts() + " " + verdict.examples())
        .isEqualTo(Verdict.Word.PASS);
    assertThat(verdict.census().frames()).isPositive().isEqualTo(verdict.census().judged());
    assertThat(verdict.census().outcomes()).containsOnlyKeys("DETECTED");
    assertThat(verdict.census().outcomes().get("DETECTED")).isEqualTo(verdict.census().frames());
  }

  @Test
  void serviceAndClient_wereFedAlike() {
    OverheadRun run = report.runs().get(0);
    for (Passes passes : new Passes[] {run.service(), run.client()}) {
      // A second at ten frames per second; the machine may have been busy.
      assertThat(passes.micros()).hasSizeBetween(3, 40);
      assertThat(passes.micros()).allMatch(micros -> micros > 0 && micros < 60_000_000);
    }
    assertThat(run.client().withoutInferenceMicros()).isEqualTo(run.client().micros());
    assertThat(run.service().withoutInferenceMs(50)).isLessThan(run.service().ms(50));
    assertThat(run.serviceRate()).isPositive();
    assertThat(run.clientRate()).isPositive();
    assertThat(report.maskBytes()).isBetween(100, 100_000);
  }
}
