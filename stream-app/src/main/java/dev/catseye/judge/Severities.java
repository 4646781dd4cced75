package dev.catseye.judge;

import dev.catseye.schemas.Region;
import dev.catseye.schemas.Severity;

/** How much a region matters, first form: in the way and large, in the way, elsewhere. */
final class Severities {
  private static final double IN_THE_WAY = 0.5; // share of its surroundings that is drivable
  private static final double LARGE = 0.001; // share of the frame: 45 x 45 px of 2048x1024

  private Severities() {}

  /**
   * Severity of a region in a frame of {@code framePx} pixels; MEDIUM while the surroundings are
   * unknown.
   */
  static Severity of(Region region, long framePx) {
    if (region.drivableFraction().orElse(IN_THE_WAY) < IN_THE_WAY) {
      return Severity.LOW;
    }
    boolean known = region.drivableFraction().isPresent();
    return known && region.areaPx() >= LARGE * framePx ? Severity.HIGH : Severity.MEDIUM;
  }
}
