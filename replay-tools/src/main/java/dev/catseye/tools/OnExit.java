package dev.catseye.tools;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes something exactly once: at the end of its {@code try} block, or when the process is told
 * to end before that (Ctrl-C, SIGTERM). Thread-safe.
 */
public final class OnExit implements AutoCloseable {
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Runnable close;
  private final Thread hook = new Thread(this::closeOnce, "close-on-exit");

  private OnExit(Runnable close) {
    this.close = close;
  }

  public static OnExit run(Runnable close) {
    OnExit guard = new OnExit(close);
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  private void closeOnce() {
    if (closed.compareAndSet(false, true)) {
      close.run();
    }
  }

  /** Whether it was closed, or is being closed right now. */
  public boolean isClosed() {
    return closed.get();
  }

  @Override
  public void close() {
    closeOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      join(); // the process is ending: the hook does, or did, the work
    }
  }

  private void join() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
