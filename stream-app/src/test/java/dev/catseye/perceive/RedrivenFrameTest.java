package dev.catseye.perceive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.MaskHeaders;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.RejectHeaders;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dead letters that come back: a detector that fails until it is repaired. */
class RedrivenFrameTest {
  private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private boolean sick;
  private long sent;
  private final Harness app =
      Harness.with(
          picture -> {
            if (sick) {
              throw new IllegalStateException("no memory");
            }
            return Harness.glow(0);
          },
          () -> true,
          Harness.config(8 << 20));

  @AfterEach
  void close() {
    app.close();
  }

  private static Frame frame(String boot, long sequence) {
    FrameId id = new FrameId("front", boot, sequence, Harness.NOW + 100_000 * sequence);
    return Pictures.frame(id, Encoding.JPEG, 64, 32, Pictures.file("jpg", 64, 32, sequence));
  }

  private void send(Frame frame) {
    app.send(frame, START.plusSeconds(sent++));
  }

  /** What `catseye redrive` does with the next record on rejects. */
  private void redrive() {
    TestRecord<String, byte[]> reject = app.rejects.readRecord();
    RedriveHeaders.after(RejectHeaders.read(reject.headers()), new Origin("rejects", 0, sent))
        .write(reject.headers());
    app.frames.pipeInput(
        new TestRecord<>(
            reject.key(), reject.value(), reject.headers(), START.plusSeconds(1000 + sent++)));
  }

  private List<TestRecord<String, Mask>> masks() {
    return new ArrayList<>(app.masks.readRecordsToList());
  }

  @Test
  void frameBehindNewerOnes_isDetected_andMarked() {
    sick = true;
    send(frame("a", 1));
    sick = false;
    send(frame("a", 2));
    redrive();

    List<TestRecord<String, Mask>> masks = masks();
    assertThat(masks)
        .extracting(mask -> mask.value().outcome(), mask -> mask.value().origin().offset())
        .containsExactly(
            tuple(Outcome.REJECTED, 0L), tuple(Outcome.DETECTED, 1L), tuple(Outcome.DETECTED, 2L));
    assertThat(masks)
        .extracting(mask -> MaskHeaders.isOvertaken(mask.headers()))
        .containsExactly(false, false, true);
    assertThat(masks.get(2).value().frame()).contains(frame("a", 1).id());
    assertThat(masks.get(2).value().detail())
        .isEqualTo("put back after newer frames of its camera had their outcomes");
  }

  @Test
  void wholeDriveThatWasRejected_isDetectedInOrder_asIfForTheFirstTime() {
    send(frame("earlier", 7));
    sick = true;
    for (int i = 0; i < 3; i++) {
      send(frame("drive", i));
    }
    sick = false;
    for (int i = 0; i < 3; i++) {
      redrive();
    }

    assertThat(masks().subList(4, 7))
        .allSatisfy(mask -> assertThat(mask.value().outcome()).isEqualTo(Outcome.DETECTED))
        .allSatisfy(mask -> assertThat(MaskHeaders.isOvertaken(mask.headers())).isFalse())
        .extracting(mask -> mask.value().detail())
        .containsExactly("the camera restarted", "", "");
  }

  @Test
  void livingCamera_losesNothingToAnEarlierBootThatIsPutBack() {
    sick = true;
    send(frame("earlier", 1));
    sick = false;
    send(frame("living", 1));
    redrive();
    send(frame("living", 2));

    assertThat(masks())
        .extracting(mask -> mask.value().outcome())
        .containsExactly(Outcome.REJECTED, Outcome.DETECTED, Outcome.DETECTED, Outcome.DETECTED);
  }

  @Test
  void frameRejectedAgain_countsItsAttempts_andKeepsItsFirstTime() {
    sick = true;
    send(frame("a", 1));
    redrive();
    redrive();

    RejectHeaders third = RejectHeaders.read(app.rejects.readRecord().headers());
    assertThat(third.attempt()).isEqualTo(3);
    assertThat(third.appendedMicros()).isEqualTo(START.toEpochMilli() * 1000);
    assertThat(third.origin().offset()).isEqualTo(2);
    assertThat(third.reason()).isEqualTo(Reason.INFERENCE);
  }

  @Test
  void frameThatCameAgainBetterMeanwhile_isADuplicate() {
    sick = true;
    send(frame("a", 1));
    sick = false;
    send(frame("a", 1));
    redrive();

    assertThat(masks())
        .extracting(mask -> mask.value().outcome())
        .containsExactly(Outcome.REJECTED, Outcome.DETECTED, Outcome.DUPLICATE);
  }

  @Test
  void olderFrameWithoutTheHeaders_isLateAsEver() {
    send(frame("a", 2));
    TestRecord<String, byte[]> old =
        new TestRecord<>("front", Frames.write(frame("a", 1)), START.plusSeconds(9));
    old.headers().add("attempt", "2".getBytes(UTF_8));
    app.frames.pipeInput(old);

    assertThat(masks())
        .extracting(mask -> mask.value().outcome())
        .containsExactly(Outcome.DETECTED, Outcome.LATE);
  }

  @Test
  void liveProfile_givesUpAFrameThatWasPutBack_whenANewerOneWaits() {
    Shedding newerAlwaysWaits =
        new Shedding((origin, frame, before) -> true, Duration.ofMillis(100));
    try (Harness live =
        Harness.shedding(picture -> Harness.glow(0), Optional.of(newerAlwaysWaits))) {
      TestRecord<String, byte[]> back =
          new TestRecord<>(
              "front", Frames.write(Pictures.frame("front", 1, Harness.NOW - 3_600_000_000L)));
      new RedriveHeaders(2, 0, new Origin("rejects", 0, 0)).write(back.headers());
      live.frames.pipeInput(back);

      assertThat(live.readMasks())
          .extracting(Mask::outcome, Mask::reason)
          .containsExactly(tuple(Outcome.SHED, Reason.STALE));
    }
  }
}
