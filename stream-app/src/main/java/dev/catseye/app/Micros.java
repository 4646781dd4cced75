package dev.catseye.app;

import java.time.Instant;

/** The wall clock of the service. */
final class Micros {
  private Micros() {}

  /** Microseconds since 1970-01-01 UTC. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
