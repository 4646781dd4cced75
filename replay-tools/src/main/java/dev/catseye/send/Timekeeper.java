package dev.catseye.send;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.FrameId;
import dev.catseye.source.PlannedFrame;
import dev.catseye.tools.Percentiles;

/**
 * Waits until each frame is due, measures how late it is, and gives it its capture time. Due times
 * count from one start, the moment when the first frame is ready, so that the error of one wait
 * does not add to the next; a late frame is sent at once. Used by one thread.
 */
final class Timekeeper {
  private final Pace pace;
  private final TimePolicy policy;
  private final Ticker ticker;
  private final Percentiles lateMicros = new Percentiles();
  private boolean started;
  private long startNanos;
  private long startMicros;
  private long lastMicros = -1;

  Timekeeper(Pace pace, TimePolicy policy, Ticker ticker) {
    this.pace = pace;
    this.policy = policy;
    this.ticker = ticker;
  }

  private void start() {
    if (!started) {
      started = true;
      startNanos = ticker.nanos();
      startMicros = ticker.utcMicros();
    }
  }

  /**
   * Waits for frame number {@code index} (0 is the first) and returns the identity to send it with.
   *
   * @throws InterruptedException also when there is nothing to wait for: a replay that is late, or
   *     as fast as it can be, must end when it is told to
   */
  FrameId await(long index, PlannedFrame frame) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    start();
    long dueNanos = pace.dueNanos(index, frame);
    if (pace.waits()) {
      ticker.sleepUntil(startNanos + dueNanos);
      lateMicros.add((ticker.nanos() - startNanos - dueNanos) / 1000);
    }
    if (policy == TimePolicy.KEEP) {
      return frame.id();
    }
    long sinceStartNanos = pace.waits() ? dueNanos : ticker.nanos() - startNanos;
    lastMicros = Math.max(lastMicros + 1, startMicros + sinceStartNanos / 1000);
    return new FrameId(
        frame.id().cameraId(), frame.id().bootId(), frame.id().sequence(), lastMicros);
  }

  /** Clock of the capture times that {@link #await} gives. */
  ClockDomain clock(PlannedFrame frame) {
    return policy == TimePolicy.KEEP ? frame.clock() : ClockDomain.UTC;
  }

  /** Time since the first frame was ready to be sent; 0 before. */
  long elapsedNanos() {
    return started ? ticker.nanos() - startNanos : 0;
  }

  /** How late the frames were; none when they are not paced. */
  Percentiles lateMicros() {
    return lateMicros;
  }
}
