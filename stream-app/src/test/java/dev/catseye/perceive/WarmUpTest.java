package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.image.RgbPlane;
import dev.catseye.metrics.Meters;
import dev.catseye.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
  private static final RgbPlane PICTURE = RgbPlane.owning(64, 32, new byte[3 * 64 * 32]);

  private final List<RgbPlane> detected = new ArrayList<>();
  private final Meters meters = new Meters();

  private int warmUp(Duration atMost) {
    PerceiveSetup setup =
        Harness.setup(
            picture -> {
              detected.add(picture);
              return Harness.glow(0);
            },
            () -> true,
            Harness.config(8 << 20),
            Optional.empty(),
            meters);
    return WarmUp.run(setup, Topics.withPrefix(""), PICTURE, atMost);
  }

  @Test
  void withoutTime_oneRoundIsRun() {
    assertThat(warmUp(Duration.ZERO)).isEqualTo(1);
    assertThat(detected)
        .singleElement()
        .satisfies(picture -> assertThat(picture.width()).isEqualTo(64));
  }

  @Test
  void eachRound_passesTheDetector_andLeavesNoTraceInTheMeters() {
    String before = meters.text();
    assertThat(warmUp(Duration.ofMillis(100))).isEqualTo(detected.size());
    assertThat(meters.text()).isEqualTo(before);
  }
}
