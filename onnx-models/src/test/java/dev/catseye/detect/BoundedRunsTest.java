package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.image.ErrorCode;
import dev.catseye.image.RgbPlane;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run may take ten seconds; the clock is the test's. */
class BoundedRunsTest {
  private static final Duration MOST = Duration.ofSeconds(10);

  private final AtomicLong clock = new AtomicLong();
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch lost = new CountDownLatch(1);
  private final BoundedRuns runs =
      new BoundedRuns(
          new ToldDetector(), MOST, Duration.ofSeconds(5), lost::countDown, this::secondsPass);
  private volatile long nanosPerLook;

  /** Hears that it is to end. */
  private final class ToldDetector implements BatchDetector {
    @Override
    public boolean takesBatches() {
      return false;
    }

    @Override
    public Answers run(List<RgbPlane> frames) {
      throw new AssertionError("the test runs something else");
    }

    @Override
    public void terminate() {
      told.countDown();
    }
  }

  private long secondsPass() {
    return clock.addAndGet(nanosPerLook);
  }

  /** A run that goes on until it is told to end, or for a while. */
  private String run(Duration patience) {
    try {
      if (told.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new InferenceException(ErrorCode.INFERENCE, "ended", null);
      }
      return "done";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() {
    runs.close();
  }

  @Test
  void runThatTakesTooLong_isEnded() {
    nanosPerLook = Duration.ofMillis(900).toNanos();
    assertThatThrownBy(() -> runs.call(() -> run(Duration.ofSeconds(20))))
        .isInstanceOf(InferenceException.class)
        .hasMessage("the run was ended after 10000 ms, the most allowed");
  }

  @Test
  void timeInWhichTheProcessStoodStill_doesNotCount() {
    nanosPerLook = Duration.ofHours(1).toNanos(); // each look comes an hour after the one before
    assertThat(runs.call(() -> run(Duration.ofMillis(300)))).isEqualTo("done");
    assertThat(told.getCount()).as("five looks, five seconds").isEqualTo(1);
  }

  @Test
  void runThatDoesNotEnd_isGivenUp() {
    nanosPerLook = Duration.ofSeconds(1).toNanos();
    String answer = runs.call(() -> runDeaf(Duration.ofSeconds(20)));
    assertThat(answer).isEqualTo("given up");
    assertThat(told.getCount()).isZero();
  }

  private String runDeaf(Duration patience) {
    try {
      return lost.await(patience.toMillis(), TimeUnit.MILLISECONDS) ? "given up" : "done";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
