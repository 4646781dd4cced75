package dev.catseye.bench;

import java.util.stream.IntStream;

/**
 * How many times as long one thing took as another.
 *
 * @param ofMedians median of the one through median of the other
 * @param lowest of all pairs of runs that followed one another
 * @param lowerQuartile of the pairs, nearest rank
 * @param upperQuartile of the pairs, nearest rank
 * @param highest of all pairs
 */
record Ratio(
    double ofMedians, double lowest, double lowerQuartile, double upperQuartile, double highest) {

  /** Of runs that were made in pairs. */
  static Ratio of(Times one, Times other) {
    double[] pairs =
        IntStream.range(0, one.micros().size())
            .mapToDouble(i -> quotient(one.micros().get(i), other.micros().get(i)))
            .sorted()
            .toArray();
    return new Ratio(
        quotient(one.percentileMicros(50), other.percentileMicros(50)),
        pairs[0],
        pairs[rank(0.25, pairs.length)],
        pairs[rank(0.75, pairs.length)],
        pairs[pairs.length - 1]);
  }

  private static int rank(double share, int count) {
    return (int) Math.ceil(share * count) - 1;
  }

  /** Times are whole microseconds: what took none counts as one. */
  private static double quotient(long one, long other) {
    return (double) Math.max(one, 1) / Math.max(other, 1);
  }
}
