package dev.catseye.send;

/** Time that passes only when somebody waits, or when a test says so. */
final class FakeTicker implements Ticker {
  static final long START_UTC_MICROS = 1_764_028_800_000_000L;

  private long nanos = 5_000_000_000L; // not zero: nobody may rely on where it starts
  private final long startNanos = nanos;

  void pass(long elapsedNanos) {
    nanos += elapsedNanos;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long utcMicros() {
    return START_UTC_MICROS + (nanos - startNanos) / 1000;
  }

  @Override
  public void sleepUntil(long target) {
    nanos = Math.max(nanos, target);
  }
}
