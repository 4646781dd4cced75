package dev.catseye.bench;

import dev.catseye.tools.ProgressBar;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells how far a bench is and how long it will take still, and stops it where it was interrupted:
 * a run in the runtime cannot be. Used by one thread.
 */
final class Steps {
  private final ProgressBar progress; // borrowed
  private final int total;
  private final LongSupplier nanoTime;
  private int begun;
  private long firstNanos;

  /** None begun yet. */
  Steps(ProgressBar progress, int total, LongSupplier nanoTime) {
    this.progress = progress;
    this.total = total;
    this.nanoTime = nanoTime;
  }

  /** Says what is done before the first step. */
  void tell(String note) throws InterruptedException {
    stopIfInterrupted();
    progress.show(begun, note);
  }

  /** Begins the next step. */
  void begin(String note) throws InterruptedException {
    stopIfInterrupted();
    if (begun == 0) {
      firstNanos = nanoTime.getAsLong();
    }
    progress.show(begun, note + left());
    begun++;
  }

  /** As long per step as those that are done; nothing before there is one. */
  private String left() {
    if (begun == 0) {
      return "";
    }
    long perStep = (nanoTime.getAsLong() - firstNanos) / begun;
    Duration left = Duration.ofNanos(perStep * (total - begun));
    long seconds = Math.max(1, left.toSeconds());
    return seconds < 60
        ? ", %d s left".formatted(seconds)
        : ", %d min %d s left".formatted(seconds / 60, seconds % 60);
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the bench was stopped");
    }
  }
}
