package dev.catseye.streambench;

import dev.catseye.traffic.Beat;
import java.util.concurrent.Semaphore;

/**
 * A frame for each answer: so many frames are on their way at any time that the service never waits
 * for one, and never more, so that nothing piles up. Thread-safe.
 */
final class Saturation implements Beat {
  private static final int PER_CAMERA = 4; // one in work, one behind it, and some on the way

  private final Semaphore free;

  /** For so many cameras. */
  Saturation(int cameras) {
    this.free = new Semaphore(PER_CAMERA * cameras);
  }

  @Override
  public void await(long index) throws InterruptedException {
    free.acquire();
  }

  /** A frame was answered. */
  void answered() {
    free.release();
  }
}
