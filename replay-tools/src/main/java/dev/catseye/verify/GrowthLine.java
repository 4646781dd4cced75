package dev.catseye.verify;

import java.util.OptionalDouble;

/**
 * A line through ln(area) over capture time, weighted towards the newest sightings, as {@code
 * schemas/RULES.md} says. Immutable.
 *
 * @param sightings 1 or more
 * @param span seconds since the first
 * @param w sum of weights
 * @param wt sum of weight x time; times are seconds before the newest sighting, at most 0
 * @param wtt sum of weight x time squared
 * @param wy sum of weight x ln(area)
 * @param wty sum of weight x time x ln(area)
 */
record GrowthLine(
    int sightings, double span, double w, double wt, double wtt, double wy, double wty) {
  private static final double MEMORY_SECONDS = 0.5;
  private static final int FEWEST_SIGHTINGS = 4;
  private static final double LEAST_SPAN = 0.25;
  private static final double LONGEST_CONTACT = 60;
  private static final double SHORTEST_CONTACT = 0.1;

  static GrowthLine of(long areaPx) {
    return new GrowthLine(1, 0, 1, 0, 0, StrictMath.log((double) areaPx), 0);
  }

  GrowthLine and(long areaPx, double seconds) {
    if (seconds <= 0) {
      return this;
    }
    double fade = StrictMath.exp(-seconds / MEMORY_SECONDS);
    return new GrowthLine(
        sightings + 1,
        span + seconds,
        fade * w + 1,
        fade * (wt - seconds * w),
        fade * (wtt - 2 * seconds * wt + seconds * seconds * w),
        fade * wy + StrictMath.log((double) areaPx),
        fade * (wty - seconds * wy));
  }

  private double slope() {
    return (w * wty - wt * wy) / (w * wtt - wt * wt);
  }

  private boolean hasSlope() {
    return w * wtt - wt * wt > 0 && Double.isFinite(slope());
  }

  /** Relative growth per second. */
  OptionalDouble growth() {
    double growth = hasSlope() ? StrictMath.expm1(slope()) : Double.NaN;
    return Double.isFinite(growth) ? OptionalDouble.of(growth) : OptionalDouble.empty();
  }

  /** Seconds until the camera reaches the thing. */
  OptionalDouble contact() {
    if (!hasSlope() || sightings < FEWEST_SIGHTINGS || span < LEAST_SPAN) {
      return OptionalDouble.empty();
    }
    double atTheMiddle = 2 / slope();
    return atTheMiddle > 0 && atTheMiddle <= LONGEST_CONTACT
        ? OptionalDouble.of(Math.max(SHORTEST_CONTACT, atTheMiddle + wt / w))
        : OptionalDouble.empty();
  }
}
