package dev.catseye.detect;

import dev.catseye.image.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends what takes too long. The caller computes on its own thread, so that a frame has no more
 * threads to wait for than needed; another thread only watches the clock. One run at a time.
 */
final class BoundedRuns implements AutoCloseable {
  /** Time that the runtime has to notice that its run is to end: it looks after each node. */
  static final Duration GRACE = Duration.ofSeconds(5);

  /** A run that is still being prepared does not hear that it is to end: it is told again. */
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final BatchDetector detector; // borrowed
  private final Duration maxRun;
  private final Duration grace;
  private final Runnable hangs;
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
   */
  BoundedRuns(BatchDetector detector, Duration maxRun, Duration grace, Runnable hangs) {
    this.detector = detector;
    this.maxRun = maxRun;
    this.grace = grace;
    this.hangs = hangs;
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
    private final ScheduledFuture<?> end =
        clock.scheduleWithFixedDelay(
            this::reach, maxRun.toNanos(), AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    private final ScheduledFuture<?> giveUp =
        clock.schedule(this::giveUp, maxRun.plus(grace).toNanos(), TimeUnit.NANOSECONDS);
    private boolean lifted;
    private boolean reached;

    /** Under the lock, or the next run could be ended in place of this one. */
    private synchronized void reach() {
      if (!lifted) {
        reached = true;
        detector.terminate();
      }
    }

    private synchronized void giveUp() {
      if (!lifted) {
        hangs.run();
      }
    }

    synchronized boolean isReached() {
      return reached;
    }

    synchronized void lift() {
      lifted = true;
      end.cancel(false);
      giveUp.cancel(false);
    }
  }

  /** Ends the run in progress, if there is one, and stops watching. */
  @Override
  public void close() {
    detector.terminate();
    clock.shutdownNow();
  }
}
