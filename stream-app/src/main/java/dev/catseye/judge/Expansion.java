package dev.catseye.judge;

import java.util.OptionalDouble;

/**
 * Growth of a track's area: a line through the logarithm of its areas, whose older points count
 * less and less. Five sums instead of a list of sightings, so that a track stays small in the
 * store. Times are seconds before the newest sighting, at most 0.
 *
 * @param sightings how many went in, 1 or more
 * @param span seconds since the first of them
 * @param weight sum of the weights w
 * @param t sum of w t
 * @param tt sum of w t²
 * @param y sum of w ln(area)
 * @param ty sum of w t ln(area)
 */
record Expansion(
    int sightings, double span, double weight, double t, double tt, double y, double ty) {

  /** Seconds after which a sighting counts 1/e. */
  private static final double MEMORY_SECONDS = 0.5;

  /** Fewest sightings, and least seconds, from which a time to contact is told. */
  private static final int FEWEST = 4;

  private static final double LEAST_SPAN = 0.25;

  /** Longest time to contact that is told: beyond it growth and noise are alike. */
  private static final double MOST_SECONDS = 60;

  /** Told instead of less: the thing is as good as reached. */
  private static final double LEAST_SECONDS = 0.1;

  /** The expansion after the first sighting. */
  static Expansion begin(int areaPx) {
    return new Expansion(1, 0, 1, 0, 0, StrictMath.log(areaPx), 0);
  }

  /**
   * The expansion after one more sighting, {@code seconds} after the one before; without time
   * between them nothing changes.
   */
  Expansion after(int areaPx, double seconds) {
    if (seconds <= 0) {
      return this;
    }
    double fade = StrictMath.exp(-seconds / MEMORY_SECONDS);
    // Every t becomes t - seconds.
    double movedT = t - seconds * weight;
    double movedTt = tt - 2 * seconds * t + seconds * seconds * weight;
    double movedTy = ty - seconds * y;
    return new Expansion(
        sightings + 1,
        span + seconds,
        fade * weight + 1,
        fade * movedT,
        fade * movedTt,
        fade * y + StrictMath.log(areaPx),
        fade * movedTy);
  }

  /** Slope of the line, per second; empty before a second sighting. */
  private OptionalDouble rate() {
    double spread = weight * tt - t * t;
    double rate = (weight * ty - t * y) / spread;
    return spread > 0 && Double.isFinite(rate) ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  /** Relative growth per second: 0.5 is half as large again each second. */
  OptionalDouble growthPerSecond() {
    OptionalDouble rate = rate();
    double growth = rate.isPresent() ? StrictMath.expm1(rate.getAsDouble()) : Double.NaN;
    return Double.isFinite(growth) ? OptionalDouble.of(growth) : OptionalDouble.empty();
  }

  /**
   * Time until the camera reaches the thing. At distance d an area is proportional to 1/d², so with
   * constant speed d/(-d') = 2 / (area'/area). The line's slope is that of the middle of its
   * points, t/weight seconds ago, and so much of the time has passed since. Source: Lee 1976, A
   * theory of visual control of braking based on information about time-to-collision (tau), for
   * areas instead of lengths.
   */
  OptionalDouble secondsToContact() {
    OptionalDouble rate = rate();
    if (rate.isEmpty() || sightings < FEWEST || span < LEAST_SPAN) {
      return OptionalDouble.empty();
    }
    double then = 2 / rate.getAsDouble();
    return then > 0 && then <= MOST_SECONDS
        ? OptionalDouble.of(Math.max(LEAST_SECONDS, then + t / weight))
        : OptionalDouble.empty();
  }
}
