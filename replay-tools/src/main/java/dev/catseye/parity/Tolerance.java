package dev.catseye.parity;

/**
 * How near is near enough.
 *
 * @param within difference up to which a value counts as near
 * @param outside largest share of values that may be farther off, 0 to 1
 * @param largest difference that no value may exceed; infinite where any may
 * @param mean largest mean difference; infinite where any will do
 */
public record Tolerance(double within, double outside, double largest, double mean) {
  private static final double ANY = Double.POSITIVE_INFINITY;

  static Tolerance exact() {
    return new Tolerance(0, 0, ANY, ANY);
  }

  /** Every value within {@code within}. */
  static Tolerance all(double within) {
    return new Tolerance(within, 0, ANY, ANY);
  }

  /** All but a share of the values within {@code within}. */
  static Tolerance share(double within, double outside) {
    return new Tolerance(within, outside, ANY, ANY);
  }

  Tolerance withLargest(double limit) {
    return new Tolerance(within, outside, limit, mean);
  }

  Tolerance withMean(double limit) {
    return new Tolerance(within, outside, largest, limit);
  }
}
