package dev.catseye.streambench;

import dev.catseye.traffic.Beat;
import java.util.concurrent.Semaphore;

/**
 * A frame for each answer: so many frames are on their way at any time that the service never waits
 * for one, and never more, so that nothing piles up. Thread-safe.
 */
final class Saturation implements Beat {
  private final Semaphore free;

  /**
   * @param frames on their way at any time
   */
  Saturation(int frames) {
    this.free = new Semaphore(frames);
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
