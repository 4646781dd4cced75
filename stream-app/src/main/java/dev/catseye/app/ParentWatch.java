package dev.catseye.app;

import java.io.IOException;
import java.io.InputStream;
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

  /** Reads {@code input} to its end on a thread of its own, then calls {@code stop}. */
  static void start(InputStream input, Runnable stop) {
    Thread thread = new Thread(() -> watch(input, stop), "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void watch(InputStream input, Runnable stop) {
    try {
      while (input.read() >= 0) {
        // nothing is ever said to us: only the end counts
      }
      LOG.info("standard input has ended");
    } catch (IOException e) {
      LOG.info("standard input is broken: {}", e.getMessage());
    }
    stop.run();
  }
}
