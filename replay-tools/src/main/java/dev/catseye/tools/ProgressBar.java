package dev.catseye.tools;

import java.io.PrintWriter;

/**
 * A line on the terminal that fills up, redrawn ten times a second at most. Draws nothing where no
 * person watches. Lines of other text go through {@link #println}, so that they do not break the
 * bar. Thread-safe.
 */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30; // characters of the bar itself
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String ERASE = "\r\u001b[K"; // to the start of the line, then clear it

  private final PrintWriter terminal;
  private final boolean shown;
  private final String what;
  private final long total;
  private long drawnNanos = System.nanoTime() - REDRAW_NANOS;
  private String line = "";

  /**
   * @param terminal borrowed
   * @param shown whether a person watches, see {@link #watched}
   * @param what word before the bar
   * @param total steps until it is full, at least 1
   */
  public ProgressBar(PrintWriter terminal, boolean shown, String what, long total) {
    this.terminal = terminal;
    this.shown = shown;
    this.what = what;
    this.total = total;
  }

  /** Whether standard input and output are a terminal. */
  @SuppressWarnings("SystemConsoleNull") // the property brings Java 22 and later to the old meaning
  public static boolean watched() {
    System.setProperty("jdk.console", "java.base");
    return System.console() != null;
  }

  /** Shows {@code done} of all steps, and a note behind the bar. */
  public synchronized void show(long done, String note) {
    long now = System.nanoTime();
    if (!shown || (done < total && now - drawnNanos < REDRAW_NANOS)) {
      return;
    }
    drawnNanos = now;
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    String bar = "=".repeat(filled) + " ".repeat(WIDTH - filled);
    line = "%s [%s] %d/%d %s".formatted(what, bar, done, total, note);
    terminal.print(ERASE + line);
    terminal.flush();
  }

  /** Prints a line of text above the bar; also where no bar is shown. */
  public synchronized void println(String text) {
    if (shown) {
      terminal.print(ERASE);
    }
    terminal.println(text);
    terminal.print(line);
    terminal.flush();
  }

  /** Clears the bar. */
  @Override
  public synchronized void close() {
    if (shown) {
      terminal.print(ERASE);
      terminal.flush();
    }
    line = "";
  }
}
