package dev.catseye.detect;

import dev.catseye.image.ErrorCode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Has a detector compute on one thread of its own, and ends what takes too long. Called by one
 * thread at a time; {@link #close()} by any.
 */
final class BoundedRuns implements AutoCloseable {
  /** Time that the runtime has to notice that its run is to end: it looks after each node. */
  static final Duration GRACE = Duration.ofSeconds(5);

  private final BatchDetector detector; // borrowed
  private final Duration maxRun;
  private final Duration grace;
  private final ExecutorService runtime =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "inference-run");
            thread.setDaemon(true); // one that hangs must not keep the process alive
            return thread;
          });
  private volatile boolean stuck;

  BoundedRuns(BatchDetector detector, Duration maxRun, Duration grace) {
    this.detector = detector;
    this.maxRun = maxRun;
    this.grace = grace;
  }

  /** Whether a run neither ended nor could be ended. */
  boolean isStuck() {
    return stuck;
  }

  /**
   * Computes, and waits for it.
   *
   * @throws InferenceException if it takes longer than a run may, or an earlier one never ended
   * @throws IllegalStateException if the calling thread is interrupted, or after {@link #close()}
   */
  <T> T call(Supplier<T> run) {
    if (stuck) {
      throw failure("the runtime hangs in an earlier run", null);
    }
    try {
      Future<T> result = runtime.submit(run::get);
      try {
        return result.get(maxRun.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return ended(result);
      }
    } catch (ExecutionException e) {
      throw Failures.thrown(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a run", e);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the inference lane is closed", e);
    }
  }

  private <T> T ended(Future<T> result) throws InterruptedException {
    detector.terminate();
    try {
      return result.get(grace.toNanos(), TimeUnit.NANOSECONDS); // just in time
    } catch (ExecutionException e) {
      throw failure(
          "the run was ended after " + maxRun.toMillis() + " ms, the most allowed", e.getCause());
    } catch (TimeoutException e) {
      stuck = true;
      throw failure(
          "the run did not end within %d ms of being told to, after %d ms"
              .formatted(grace.toMillis(), maxRun.toMillis()),
          e);
    }
  }

  private static InferenceException failure(String message, Throwable cause) {
    return new InferenceException(ErrorCode.INFERENCE, message, cause);
  }

  /** Ends the run in progress, if there is one, and takes no more. */
  @Override
  public void close() {
    runtime.shutdown();
    detector.terminate();
  }
}
