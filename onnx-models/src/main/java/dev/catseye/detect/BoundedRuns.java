package dev.catseye.detect;

import dev.catseye.image.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Ends what takes too long, by the time that this process was running. The caller computes on its
 * own thread, so that a frame has no more threads to wait for than needed; another thread only
 * watches the clock. One run at a time.
 */
final class BoundedRuns implements AutoCloseable {
  /** Time that the runtime has to notice that its run is to end: it looks after each node. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** How often a run is looked after; one still being prepared does not hear it the first time. */
  private static final Duration TICK = Duration.ofMillis(50);

  /**
   * Most of the time between two looks that counts. A process that was stopped, or a machine that
   * slept, has not computed meanwhile: its frame is not at fault.
   */
  private static final Duration MOST_PER_TICK = Duration.ofSeconds(1);

  private final BatchDetector detector; // borrowed
  private final Duration maxRun;
  private final Duration grace;
  private final Runnable hangs;
  private final LongSupplier nanoTime;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "inference-watch");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Nothing runs yet.
   *
   * @param grace time that a run has to end once it is told to
   * @param hangs called by the watching thread when a run did not end in that time
   * @param nanoTime a clock that never runs back, nanoseconds
   */
  BoundedRuns(
      BatchDetector detector,
      Duration maxRun,
      Duration grace,
      Runnable hangs,
      LongSupplier nanoTime) {
    this.detector = detector;
    this.maxRun = maxRun;
    this.grace = grace;
    this.hangs = hangs;
    this.nanoTime = nanoTime;
    clock.setRemoveOnCancelPolicy(true); // or every run would be remembered for its bound
  }

  /**
   * Computes.
   *
   * @throws InferenceException if it was ended because it took longer than a run may
   */
  <T> T call(Supplier<T> run) {
    Bound bound = new Bound();
    try {
      return run.get();
    } catch (RuntimeException e) {
      throw bound.isReached() ? tooLong(e) : e;
    } finally {
      bound.lift();
    }
  }

  private InferenceException tooLong(RuntimeException cause) {
    String message = "the run was ended after " + maxRun.toMillis() + " ms, the most allowed";
    return new InferenceException(ErrorCode.INFERENCE, message, cause);
  }

  /** Time that a run has to end once it is told to. */
  Duration grace() {
    return grace;
  }

  /** What a run fails with that did not end. */
  InferenceException hanging() {
    return new InferenceException(
        ErrorCode.INFERENCE,
        String.format(
            "the run did not end within %d ms of being told to, after %d ms",
            grace.toMillis(), maxRun.toMillis()),
        null);
  }

  /** The bound of one run, from now on. */
  private final class Bound {
    private final ScheduledFuture<?> looks =
        clock.scheduleWithFixedDelay(
            this::look, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    private long lookedNanos = nanoTime.getAsLong();
    private long spentNanos;
    private boolean lifted;
    private boolean reached;
    private boolean givenUp;

    /** Under the lock, or the next run could be ended in place of this one. */
    private synchronized void look() {
      if (lifted) {
        return;
      }
      long now = nanoTime.getAsLong();
      spentNanos += Math.min(now - lookedNanos, MOST_PER_TICK.toNanos());
      lookedNanos = now;
      if (spentNanos >= maxRun.toNanos()) {
        reached = true;
        detector.terminate();
      }
      if (spentNanos >= maxRun.plus(grace).toNanos() && !givenUp) {
        givenUp = true;
        hangs.run();
      }
    }

    synchronized boolean isReached() {
      return reached;
    }

    synchronized void lift() {
      lifted = true;
      looks.cancel(false);
    }
  }

  /** Ends the run in progress, if there is one, and stops watching. */
  @Override
  public void close() {
    detector.terminate();
    clock.shutdownNow();
  }
}
