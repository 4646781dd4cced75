package dev.catseye.judge;

import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;
import java.time.Duration;
import java.util.OptionalDouble;

/** How much a thing matters: beside the way, in the way, in the way and large or close in time. */
final class Severities {
  private static final double IN_THE_WAY = 0.5; // share of its surroundings that is drivable
  private static final double LARGE = 0.001; // share of the frame: 45 x 45 px of 2048x1024

  private Severities() {}

  /**
   * Severity of a region in a frame of {@code framePx} pixels. Unknown surroundings count as the
   * way: what is not known is never the milder case.
   *
   * @param secondsToContact empty when it does not grow
   * @param contact time to contact from which it is HIGH
   */
  static Severity of(
      Region region, long framePx, OptionalDouble secondsToContact, Duration contact) {
    if (region.drivableFraction().orElse(1) < IN_THE_WAY) {
      return Severity.LOW;
    }
    boolean large = region.areaPx() >= LARGE * framePx;
    boolean soon =
        secondsToContact.isPresent() && secondsToContact.getAsDouble() <= contact.toNanos() / 1e9;
    return large || soon ? Severity.HIGH : Severity.MEDIUM;
  }
}
