package dev.catseye.tools;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, turned into an interrupt of the thread that works, so that its {@code try}
 * blocks close what they opened. The process ends when they have, or after {@value #PATIENCE_S}
 * seconds.
 */
public final class StopSignal {
  private static final int PATIENCE_S = 30;

  private StopSignal() {}

  /** Does {@code work} on this thread; a signal interrupts it. */
  public static <T> T interrupts(Callable<T> work) throws Exception {
    Thread worker = Thread.currentThread();
    CountDownLatch woundUp = new CountDownLatch(1);
    Thread hook = new Thread(() -> stop(worker, woundUp), "stop-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } finally {
      woundUp.countDown();
      remove(hook);
    }
  }

  private static void stop(Thread worker, CountDownLatch woundUp) {
    worker.interrupt();
    try {
      if (!woundUp.await(1, TimeUnit.SECONDS)) {
        System.err.printf("stopping, which takes up to %d s%n", PATIENCE_S);
        woundUp.await(PATIENCE_S, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the process is ending, and the hook waited for us
    }
  }
}
