package dev.catseye.send;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/** Time, and the patience to wait for it. Tests have one that runs as they say. */
interface Ticker {
  /** Nanoseconds since an unknown moment, on a clock that never jumps. */
  long nanos();

  /** Time of day in microseconds since 1970, UTC. */
  long utcMicros();

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
      public long utcMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
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
