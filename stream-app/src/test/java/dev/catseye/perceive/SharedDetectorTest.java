package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.detect.AnomalyDetector;
import dev.catseye.detect.Detection;
import dev.catseye.image.RgbPlane;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.FrameId;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a detector that several threads share is told by each of them. */
class SharedDetectorTest {
  private static final Instant APPENDED = Instant.ofEpochMilli(Harness.NOW / 1000);

  private final List<String> told = new ArrayList<>();

  /** Notes what it hears, and finds nothing. */
  private final class Listening implements AnomalyDetector {
    @Override
    public Detection detect(RgbPlane frame) {
      throw new AssertionError("asked without a word of how long the frame may wait");
    }

    @Override
    public Detection detect(RgbPlane frame, Duration patience) {
      told.add("frame, may wait " + patience.toMillis() + " ms");
      return Harness.glow(0);
    }

    @Override
    public void announce() {
      told.add("one comes");
    }

    @Override
    public void renounce() {
      told.add("none comes");
    }
  }

  private Harness live() {
    Backlog nothingWaits = (origin, frame, until) -> false;
    Shedding shedding = new Shedding(nothingWaits, Duration.ofMillis(100));
    return Harness.shedding(new Listening(), Optional.of(shedding));
  }

  @Test
  void frameOnItsWay_isAnnounced_andInLiveMayWaitUntilItsSuccessorIsDue() {
    try (Harness app = live()) {
      long start = Harness.NOW - 330_000; // frames of 10 Hz, the third is 30 ms old
      app.send(Pictures.frame("front", 2, start), APPENDED);
      app.send(Pictures.frame("front", 3, start), APPENDED);
      assertThat(told)
          .containsExactly(
              "one comes",
              "frame, may wait 0 ms", // its period is not known yet
              "one comes",
              "frame, may wait 70 ms");
    }
  }

  @Test
  void frameThatIsOld_waitsForNobody() {
    try (Harness app = live()) {
      long start = Harness.NOW - 2_000_000;
      app.send(Pictures.frame("front", 1, start), APPENDED);
      app.send(Pictures.frame("front", 2, start), APPENDED);
      assertThat(told)
          .filteredOn(words -> words.startsWith("frame"))
          .containsOnly("frame, may wait 0 ms");
    }
  }

  @Test
  void whereNothingIsShed_framesMayWaitAtWill() {
    try (Harness app = Harness.withDetector(new Listening())) {
      app.send(Pictures.frame("front", 1, 0));
      assertThat(told).containsExactly("one comes", "frame, may wait 3600000 ms");
    }
  }

  @Test
  void frameThatCannotBeDecoded_isCalledOff_andADuplicateIsNeverAnnounced() {
    try (Harness app = live()) {
      FrameId id = new FrameId("front", "boot-1", 1, Harness.NOW);
      app.send(Pictures.frame(id, Encoding.JPEG, 16, 8, new byte[] {1, 2, 3}), APPENDED);
      assertThat(told).containsExactly("one comes", "none comes");

      app.send(Pictures.frame("front", 2, Harness.NOW), APPENDED);
      told.clear();
      app.send(Pictures.frame("front", 2, Harness.NOW), APPENDED);
      assertThat(told).isEmpty();
    }
  }
}
