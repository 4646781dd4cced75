package dev.catseye.traffic;

import java.util.concurrent.TimeUnit;

/** When cameras send, one frame after the other over all of them. Used by one thread. */
public interface Beat {
  /**
   * Returns when the next frame is due.
   *
   * @param index of the frame, counted over all cameras from 0 on
   */
  void await(long index) throws InterruptedException;

  /**
   * The same time from each frame to the next; what is late is sent at once.
   *
   * @param framesPerSecond of all cameras together, above 0
   */
  static Beat steady(double framesPerSecond) {
    return new Beat() {
      private long startNanos;

      @Override
      public void await(long index) throws InterruptedException {
        if (index == 0) {
          startNanos = System.nanoTime();
        }
        long due = startNanos + (long) (index * 1e9 / framesPerSecond);
        TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      }
    };
  }
}
