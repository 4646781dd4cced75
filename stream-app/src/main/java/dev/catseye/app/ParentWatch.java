package dev.catseye.app;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the service when its standard input ends: whoever started it and held the other end of the
 * pipe is gone. Only on request, because a service that runs alone has no input to begin with.
 */
final class ParentWatch {
  /** System property that asks for it. */
  static final String PROPERTY = "catseye.stop-on-stdin-eof";

  private static final Logger LOG = LoggerFactory.getLogger(ParentWatch.class);

  private ParentWatch() {}

  /**
   * Reads {@code input} to its end on a thread of its own, then calls {@code stop}, and {@code
   * lastResort} when the process is still there {@code patience} later: with the parent its broker
   * may be gone, and nobody is left to wait for an orderly end.
   */
  static void start(InputStream input, Runnable stop, Duration patience, Runnable lastResort) {
    Thread thread = new Thread(() -> watch(input, stop, patience, lastResort), "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(
      InputStream input, Runnable stop, Duration patience, Runnable lastResort) {
    awaitEnd(input);
    stop.run();
    try {
      Thread.sleep(patience.toMillis());
      lastResort.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // ends the thread
    }
  }

  private static void awaitEnd(InputStream input) {
    try {
      while (input.read() >= 0) {
        // nothing is ever said to us: only the end counts
      }
      LOG.info("standard input has ended");
    } catch (IOException e) {
      LOG.info("standard input is broken: {}", e.getMessage());
    }
  }
}
