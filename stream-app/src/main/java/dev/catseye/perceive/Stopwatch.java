package dev.catseye.perceive;

/** Time since its creation. */
final class Stopwatch {
  private final long startNanos = System.nanoTime();

  /** Microseconds since the start. */
  long micros() {
    return (System.nanoTime() - startNanos) / 1000;
  }
}
