package dev.catseye.send;

import java.util.concurrent.TimeUnit;

/**
 * A clock that never jumps, and the patience to wait for it. Tests have one that runs as they say.
 */
interface Ticker {
  /** Nanoseconds since an unknown moment. */
  long nanos();

  /** Waits until {@link #nanos()} has reached {@code nanos}; not at all when it has already. */
  void sleepUntil(long nanos) throws InterruptedException;

  /** The machine's own. */
  static Ticker system() {
    return new Ticker() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public void sleepUntil(long nanos) throws InterruptedException {
        long left;
        while ((left = nanos - System.nanoTime()) > 0) {
          TimeUnit.NANOSECONDS.sleep(left);
        }
      }
    };
  }
}
