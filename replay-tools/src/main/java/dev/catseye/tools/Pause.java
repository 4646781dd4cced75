package dev.catseye.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that is stopped by SIGSTOP. A shell holds it: it sends SIGCONT when its standard input
 * ends, which it also does when we die, so that no stopped process is ever left behind. Closed
 * once, by one thread.
 */
public final class Pause implements AutoCloseable {
  private static final int PATIENCE_S = 10; // for a signal to arrive on a busy machine
  private static final List<String> HOLDER =
      List.of("/bin/sh", "-c", "trap '' INT; kill -STOP $0 || exit 1; read end; kill -CONT $0");

  private final Process holder;
  private final long pid;

  private Pause(Process holder, long pid) {
    this.holder = holder;
    this.pid = pid;
  }

  /** Stops a process of ours. */
  static Pause of(long pid) {
    try {
      List<String> words = new ArrayList<>(HOLDER);
      words.add(Long.toString(pid));
      ProcessBuilder shell = new ProcessBuilder(words).redirectErrorStream(true);
      return new Pause(shell.start(), pid);
    } catch (IOException e) {
      throw new ToolException("process %d cannot be paused: %s".formatted(pid, e.getMessage()), e);
    }
  }

  /**
   * Waits until the system says that the process is stopped (state T in {@code /proc}).
   *
   * @return whether it came to that
   */
  public boolean awaitStopped() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (System.nanoTime() < end) {
      if (isStopped()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    return false;
  }

  private boolean isStopped() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2); // the name before it may be anything
    } catch (IOException e) {
      return false; // it is gone, or this system has no /proc
    }
  }

  /** Lets the process go on. */
  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      holder.waitFor(PATIENCE_S, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new ToolException("process %d cannot be resumed: %s".formatted(pid, e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the shell has its end of input all the same
    }
  }
}
