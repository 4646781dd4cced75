package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Newest wins within the topology; what waits is what the test says. */
class SheddingTest {
  private static final Instant APPENDED = Instant.ofEpochMilli(Harness.NOW / 1000);

  private final List<Object> worked = new ArrayList<>();
  private boolean newerWaits;

  /** An app that expects 100 ms of work per frame. */
  private Harness live() {
    Backlog backlog = (origin, frame, until) -> newerWaits;
    return app(Optional.of(new Shedding(backlog, Duration.ofMillis(100))));
  }

  private Harness app(Optional<Shedding> shedding) {
    return Harness.shedding(
        picture -> {
          worked.add(picture);
          return Harness.glow(0);
        },
        shedding);
  }

  private static Frame frame(long sequence) {
    return Pictures.frame("front", sequence, Harness.NOW - 2_000_000);
  }

  @Test
  void staleFrame_isShedWithoutADecodedPixel_andNamed() {
    try (Harness app = live()) {
      newerWaits = true;
      app.send(frame(1), APPENDED);
      Mask mask = app.readMasks().get(0);
      assertThat(mask.outcome()).isEqualTo(Outcome.SHED);
      assertThat(mask.reason()).isEqualTo(Reason.STALE);
      assertThat(mask.frame()).contains(frame(1).id());
      assertThat(mask.detail()).startsWith("a newer frame waits; 1900 ms old");
      assertThat(mask.stages().decode()).isZero();
      assertThat(worked).isEmpty();
      assertThat(app.rejects.isEmpty()).isTrue();
      assertThat(app.meters.text())
          .contains("{camera=\"front\",outcome=\"SHED\",reason=\"STALE\",} 1.0");
    }
  }

  @Test
  void shedFrame_countsAsSeen() {
    try (Harness app = live()) {
      newerWaits = true;
      app.send(frame(1), APPENDED);
      newerWaits = false;
      app.send(frame(1), APPENDED);
      app.send(frame(2), APPENDED);
      assertThat(app.readMasks())
          .extracting(Mask::outcome)
          .containsExactly(Outcome.SHED, Outcome.DUPLICATE, Outcome.DETECTED);
      assertThat(app.meters.text()).contains("frames_missing_total{camera=\"front\",} 0.0");
    }
  }

  @Test
  void oldFrames_keepTheirOwnNames() {
    try (Harness app = live()) {
      app.send(frame(2), APPENDED);
      newerWaits = true;
      app.send(frame(1), APPENDED);
      app.send(frame(2), APPENDED);
      assertThat(app.readMasks())
          .extracting(Mask::outcome)
          .containsExactly(Outcome.DETECTED, Outcome.LATE, Outcome.DUPLICATE);
    }
  }

  @Test
  void inLedger_nothingIsShed_howeverOld() {
    try (Harness app = app(Optional.empty())) {
      for (int i = 1; i <= 20; i++) {
        app.send(Pictures.frame("front", i, Harness.NOW - 86_400_000_000L), APPENDED);
      }
      assertThat(app.readMasks())
          .hasSize(20)
          .allSatisfy(mask -> assertThat(mask.outcome()).isEqualTo(Outcome.DETECTED));
    }
  }

  @Test
  void timeOfWork_isLearntFromTheMasks() {
    try (Harness app = live()) {
      app.send(frame(1), APPENDED); // takes 1 ms of inference and less than that around it
      newerWaits = true;
      app.send(frame(2), APPENDED);
      assertThat(app.readMasks().get(1).detail()).doesNotContain("100 ms of work expected");
    }
  }
}
