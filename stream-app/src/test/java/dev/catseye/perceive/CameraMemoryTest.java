package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when more cameras send on one partition than are remembered. */
class CameraMemoryTest {
  private static final Instant START = Instant.ofEpochSecond(1_764_000_000);

  private final Harness app = Harness.withDetector(picture -> Harness.glow(0));

  @AfterEach
  void close() {
    app.close();
  }

  private Mask sent(String camera, long sequence, Duration later) {
    app.send(Pictures.frame(camera, sequence, Harness.NOW), START.plus(later));
    List<Mask> masks = app.readMasks();
    assertThat(masks).hasSize(1);
    return masks.get(0);
  }

  private void fill() {
    for (int i = 0; i < Harness.MAX_CAMERAS; i++) {
      assertThat(sent("camera-" + i, 1, Duration.ofMinutes(i)).outcome())
          .isEqualTo(Outcome.DETECTED);
    }
  }

  @Test
  void oneMoreCamera_isRefused_whileAllOthersSend() {
    fill();
    Mask mask = sent("stranger", 1, Duration.ofMinutes(59));
    assertThat(mask.outcome()).isEqualTo(Outcome.REJECTED);
    assertThat(mask.reason()).isEqualTo(Reason.IDENTITY);
    assertThat(mask.detail())
        .isEqualTo(
            "frame stranger/boot-1/1: 3 cameras are known on its partition, the most allowed"
                + " (cameras.max), and each sent within the last 60 min");
    assertThat(sent("camera-0", 2, Duration.ofMinutes(59)).outcome()).isEqualTo(Outcome.DETECTED);
  }

  @Test
  void oneMoreCamera_takesThePlaceOfTheOneSilentForAnHour() {
    fill();
    assertThat(sent("stranger", 1, Duration.ofMinutes(60)).outcome()).isEqualTo(Outcome.DETECTED);
    assertThat(app.seen().get("camera-0")).isNull();
    assertThat(app.seen().approximateNumEntries()).isEqualTo(Harness.MAX_CAMERAS);
    assertThat(sent("camera-1", 2, Duration.ofMinutes(60)).outcome()).isEqualTo(Outcome.DETECTED);
  }

  @Test
  void manyStrangers_leaveNothingBehind() {
    fill();
    for (int i = 0; i < 50; i++) {
      sent("stranger-" + i, 1, Duration.ofMinutes(30));
    }
    assertThat(app.seen().approximateNumEntries()).isEqualTo(Harness.MAX_CAMERAS);
    assertThat(sent("camera-2", 1, Duration.ofMinutes(30)).outcome()).isEqualTo(Outcome.DUPLICATE);
  }
}
