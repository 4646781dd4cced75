package dev.catseye.chaos;

import java.util.Locale;

/** What a number of trials without a failure says of the next one. */
final class Confidence {
  private static final double LEVEL = 0.95;

  private Confidence() {}

  /**
   * The highest rate of failures under which {@code trials} trials without one are seen in more
   * than 5 % of all cases: 1 - 0.05^(1/n), about 3/n ("rule of three").
   *
   * @param trials 1 or more
   * @return 0 to 1
   */
  static double bound(int trials) {
    return 1 - Math.pow(1 - LEVEL, 1.0 / trials);
  }

  /** The bound in words. */
  static String sentence(int trials) {
    return trials == 0
        ? "no fault bit: nothing was shown"
        : String.format(
            Locale.ROOT,
            "0 of %d faults that bit broke a promise: with 95 %% confidence a fault breaks one in"
                + " at most %.1f %% of cases",
            trials,
            100 * bound(trials));
  }
}
