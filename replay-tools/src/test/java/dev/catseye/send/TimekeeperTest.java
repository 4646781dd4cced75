package dev.catseye.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.FrameId;
import dev.catseye.source.Picture;
import dev.catseye.source.PlannedFrame;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimekeeperTest {
  private static final long MS = 1_000_000; // nanoseconds

  private final FakeTicker ticker = new FakeTicker();
  private final long startNanos = ticker.nanos();

  private static PlannedFrame frame(int index) {
    FrameId id = new FrameId("front", "boot", index, index * 100_000L);
    Picture picture = new Picture("p" + index, Path.of("p" + index), Optional.empty());
    return new PlannedFrame(id, ClockDomain.MONOTONIC, "drive", index * 100_000L, picture);
  }

  private long sinceStartMs() {
    return (ticker.nanos() - startNanos) / MS;
  }

  @Test
  void recordedPace_keepsTheSpacing() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("recorded"), TimePolicy.KEEP, ticker);
    for (int i = 0; i < 3; i++) {
      assertThat(time.await(i, frame(i))).isEqualTo(frame(i).id());
      assertThat(sinceStartMs()).isEqualTo(100L * i);
    }
    assertThat(time.lateMicros().at(100)).isZero();
  }

  @Test
  void doublePace_halvesTheSpacing() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("x2"), TimePolicy.KEEP, ticker);
    time.await(0, frame(0));
    time.await(1, frame(1));
    assertThat(sinceStartMs()).isEqualTo(50);
  }

  @Test
  void fixedPace_doesNotLookAtRecordedTimes() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("4Hz"), TimePolicy.KEEP, ticker);
    time.await(0, frame(0));
    time.await(1, frame(7));
    assertThat(sinceStartMs()).isEqualTo(250);
  }

  @Test
  void aLateFrame_isMeasuredAndTheNextOneIsOnTimeAgain() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("recorded"), TimePolicy.KEEP, ticker);
    time.await(0, frame(0));
    ticker.pass(130 * MS); // sending took longer than the period
    time.await(1, frame(1));
    time.await(2, frame(2));
    assertThat(sinceStartMs()).isEqualTo(200);
    assertThat(time.lateMicros().at(100)).isEqualTo(30_000);
    assertThat(time.lateMicros().at(50)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"recorded", "max"})
  void anInterrupt_endsAReplayThatHasNothingToWaitFor(String pace) {
    Timekeeper time = new Timekeeper(Pace.parse(pace), TimePolicy.KEEP, ticker);
    ticker.pass(900 * MS);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.await(0, frame(0))).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theClockStarts_whenTheFirstFrameIsReady() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("recorded"), TimePolicy.KEEP, ticker);
    ticker.pass(900 * MS); // meeting the broker, reading the first file
    time.await(0, frame(0));
    assertThat(time.lateMicros().at(100)).isZero();
  }

  @Test
  void maxPace_neverWaitsAndMeasuresNoLateness() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("max"), TimePolicy.KEEP, ticker);
    time.await(0, frame(0));
    time.await(1, frame(1));
    assertThat(sinceStartMs()).isZero();
    assertThat(time.lateMicros().count()).isZero();
  }

  @Test
  void restamped_timesStartNowAndKeepTheChosenSpacing() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("x2"), TimePolicy.RESTAMP, ticker);
    long first = time.await(0, frame(0)).captureMicros();
    ticker.pass(80 * MS); // late, which its capture time does not hide
    long second = time.await(1, frame(1)).captureMicros();
    assertThat(first).isEqualTo(FakeTicker.START_UTC_MICROS);
    assertThat(second - first).isEqualTo(50_000);
    assertThat(time.clock(frame(0))).isEqualTo(ClockDomain.UTC);
  }

  @Test
  void restampedWithoutPace_timesStillRise() throws Exception {
    Timekeeper time = new Timekeeper(Pace.parse("max"), TimePolicy.RESTAMP, ticker);
    long first = time.await(0, frame(0)).captureMicros();
    assertThat(time.await(1, frame(1)).captureMicros()).isGreaterThan(first);
  }
}
