package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.image.Luma;
import dev.catseye.image.RgbPlane;
import dev.catseye.perceive.Passage.Admitted;
import dev.catseye.perceive.Passage.Decoded;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class NewestWinsTest {
  private static final long NOW = Harness.NOW;
  private static final long PERIOD = 50_000;
  private static final Backlog NEWER_WAITS = (origin, frame, until) -> true;
  private static final Backlog NONE_WAITS = (origin, frame, until) -> false;

  /** 100 ms of work are expected. */
  private static NewestWins rule(Backlog backlog, Optional<Duration> budget) {
    return new NewestWins(budget, new Shedding(backlog, Duration.ofMillis(100)), () -> NOW);
  }

  private static Frame frame(ClockDomain clock, long captureMicros) {
    return Frame.sealed(
        new FrameId("front", "boot", 2, captureMicros),
        clock,
        16,
        8,
        Encoding.JPEG,
        new InlineContent(Bytes.of(new byte[1])),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** Why a frame of that age, of a camera at 20 Hz, is to be given up. */
  private static Optional<String> staleness(NewestWins rule, long ageMicros) {
    return staleness(rule, frame(ClockDomain.UTC, NOW - ageMicros), NOW, PERIOD);
  }

  private static Optional<String> staleness(
      NewestWins rule, Frame frame, long appendedMicros, long stepMicros) {
    return rule.staleness(arrival(appendedMicros), frame, sighting(frame, stepMicros));
  }

  private static Arrival arrival(long appendedMicros) {
    return new Arrival(
        new Origin("frames", 0, 2),
        "front",
        new byte[0],
        new RecordHeaders(),
        appendedMicros / 1000);
  }

  private static Sighting sighting(Frame frame, long stepMicros) {
    FrameId before =
        new FrameId("front", "boot", 1, Math.max(0, frame.id().captureMicros() - stepMicros));
    return SeenFrames.first(before, 0).after().sight(frame.id(), 0);
  }

  private static Duration patience(NewestWins rule, long ageMicros, long stepMicros) {
    Frame frame = frame(ClockDomain.UTC, NOW - ageMicros);
    return rule.patience(arrival(NOW), frame, sighting(frame, stepMicros));
  }

  @Test
  void frameMayWaitForOthers_untilItsSuccessorIsDue_whetherANewerOneWaitsOrNot() {
    for (Backlog backlog : List.of(NEWER_WAITS, NONE_WAITS)) {
      NewestWins rule = rule(backlog, Optional.empty());
      assertThat(patience(rule, 10_000, PERIOD)).isEqualTo(Duration.ofMillis(40));
      assertThat(patience(rule, 50_000, PERIOD)).isZero();
      assertThat(patience(rule, 9_000_000, PERIOD)).isZero();
    }
  }

  @Test
  void frameMayWaitForOthers_asLongAsTheConfiguredBudgetLeavesTimeForTheWork() {
    NewestWins rule = rule(NONE_WAITS, Optional.of(Duration.ofMillis(150)));
    assertThat(patience(rule, 10_000, PERIOD)).isEqualTo(Duration.ofMillis(40));
    assertThat(patience(rule, 60_000, PERIOD)).isZero();
  }

  @Test
  void frameOfUnknownAge_waitsForNobody() {
    NewestWins rule = rule(NONE_WAITS, Optional.of(Duration.ofMinutes(1)));
    assertThat(patience(rule, 0, -1)).as("captured before its predecessor").isZero();
  }

  @Test
  void olderThanAPeriod_withANewerOneWaiting_isStale() {
    assertThat(staleness(rule(NEWER_WAITS, Optional.empty()), 51_000))
        .contains("a newer frame waits; 51 ms old, 100 ms of work expected, budget 150 ms");
  }

  @Test
  void youngerThanAPeriod_isNotStale_thoughANewerOneWaits() {
    assertThat(staleness(rule(NEWER_WAITS, Optional.empty()), 50_000)).isEmpty();
  }

  @Test
  void newestFrame_isNeverStale_howeverOld() {
    assertThat(staleness(rule(NONE_WAITS, Optional.empty()), 3_600_000_000L)).isEmpty();
    assertThat(staleness(rule(NONE_WAITS, Optional.of(Duration.ofMillis(1))), 10_000_000))
        .isEmpty();
  }

  @Test
  void configuredBudget_takesThePlaceOfTheMeasuredOne() {
    NewestWins rule = rule(NEWER_WAITS, Optional.of(Duration.ofMillis(300)));
    assertThat(staleness(rule, 200_000)).isEmpty();
    assertThat(staleness(rule, 201_000))
        .contains("a newer frame waits; 201 ms old, 100 ms of work expected, budget 300 ms");
  }

  @Test
  void serviceTime_followsWhatIsMeasured() {
    NewestWins rule = rule(NEWER_WAITS, Optional.of(Duration.ofMillis(300)));
    for (int i = 0; i < 100; i++) {
      rule.served(served("front", new StageMicros(1_000, 9_000, 20_000, 200_000, 5_000, 15_000)));
    }
    assertThat(rule.serviceMicros()).isBetween(249_000L, 250_000L);
    assertThat(staleness(rule, 60_000)).isPresent();
  }

  /** A DETECTED mask of that camera that was decided just now. */
  private static Mask served(String camera, StageMicros stages) {
    MaskMaker masks = MaskMaker.of(Harness.setup());
    FrameId id = new FrameId(camera, "boot", 1, NOW);
    Frame frame = Pictures.frame(id, Encoding.JPEG, 16, 8, new byte[1]);
    Arrival arrival =
        new Arrival(new Origin("frames", 0, 1), camera, new byte[0], new RecordHeaders(), 0);
    Admitted admitted = new Admitted(arrival, frame, SeenFrames.first(id, 0), stages.admit());
    RgbPlane picture = RgbPlane.owning(2, 1, new byte[6]);
    ScoreMap map = ScoreMap.encode(new byte[8], 4, 2, 8, MapEncoding.RAW, 4, 4);
    return masks
        .detected(
            new Decoded(admitted, picture, Luma.of(picture), stages.decode()),
            new Scores(
                map,
                new Summary(0, 0, 0, 0.5f),
                List.of(),
                stages.queue(),
                stages.infer(),
                stages.region(),
                stages.encode()))
        .mask();
  }

  /** 100 ms of work, all of it inference. */
  private static Mask served(String camera) {
    return served(camera, new StageMicros(0, 0, 0, 100_000, 0, 0));
  }

  @Test
  void cameraThatWaitsForItsTurn_keepsWhatWasItsNewestFrameAsTheRoundBegan() {
    long began = NOW / 1000 - 100; // when the other camera was taken
    NewestWins afterwards = rule((origin, frame, until) -> until > began, Optional.empty());
    afterwards.served(served("rear"));
    assertThat(staleness(afterwards, 200_000)).isEmpty();

    NewestWins before = rule((origin, frame, until) -> until >= began, Optional.empty());
    before.served(served("rear"));
    assertThat(staleness(before, 200_000)).isPresent();
  }

  @Test
  void cameraThatHadItsTurn_isJudgedByItsAge() {
    NewestWins rule = rule((origin, frame, until) -> until == Long.MAX_VALUE, Optional.empty());
    rule.served(served("front"));
    assertThat(staleness(rule, 200_000)).isPresent();
    rule.served(served("rear"));
    assertThat(staleness(rule, 200_000)).isPresent();
    rule.served(served("rear")); // a new round
    assertThat(staleness(rule, 200_000)).isEmpty();
  }

  @Test
  void otherClocks_areAgedFromWhenTheyWereAppended() {
    NewestWins rule = rule(NEWER_WAITS, Optional.empty());
    Frame monotonic = frame(ClockDomain.MONOTONIC, 5_000_000);
    assertThat(staleness(rule, monotonic, NOW, PERIOD)).isEmpty();
    assertThat(staleness(rule, monotonic, NOW - 60_000, PERIOD)).isPresent();
  }

  @Test
  void cameraClockAhead_doesNotMakeAWaitingFrameFresh() {
    Frame ahead = frame(ClockDomain.UTC, NOW + 3_600_000_000L);
    assertThat(staleness(rule(NEWER_WAITS, Optional.empty()), ahead, NOW - 60_000, PERIOD))
        .isPresent();
  }

  @Test
  void clockFault_makesTheAgeUnknown() {
    Frame still = frame(ClockDomain.UTC, NOW);
    assertThat(staleness(rule(NEWER_WAITS, Optional.of(Duration.ofHours(1))), still, NOW, 0))
        .contains("a newer frame waits, and the age of this one is unknown");
    assertThat(staleness(rule(NONE_WAITS, Optional.empty()), still, NOW, 0)).isEmpty();
  }
}
