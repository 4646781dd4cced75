package dev.catseye.parity;

import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.util.Arrays;

/**
 * One tensor against its golden.
 *
 * @param step what made it: a stage, {@code enlarge}, or {@code fused}
 * @param tensor name in the kit
 * @param largest largest difference of a value; infinite where a value is not a number
 * @param mean mean difference
 * @param share share of the values within the tolerance, 0 to 1
 * @param tolerance what was asked
 * @param passed whether it is met
 */
public record Comparison(
    String step,
    String tensor,
    double largest,
    double mean,
    double share,
    Tolerance tolerance,
    boolean passed) {

  /**
   * Compares value by value; axes of length 1 in front do not count.
   *
   * @throws ToolException if the shapes differ: kit and bundle do not belong together
   */
  static Comparison of(
      String step, String tensor, HostTensor actual, HostTensor golden, Tolerance tolerance) {
    if (!Arrays.equals(sides(actual), sides(golden))) {
      throw new ToolException(
          "%s of the kit is %s, %s of the bundle makes %s of it: they are of different sizes"
              .formatted(tensor, golden, step, actual));
    }
    double largest = 0;
    double sum = 0;
    int outside = 0;
    for (int i = 0; i < golden.size(); i++) {
      double difference = Math.abs((double) actual.at(i) - golden.at(i));
      if (Double.isNaN(difference)) {
        difference = Double.POSITIVE_INFINITY;
      }
      largest = Math.max(largest, difference);
      sum += difference;
      outside += difference <= tolerance.within() ? 0 : 1;
    }
    double mean = sum / golden.size();
    boolean passed =
        outside <= tolerance.outside() * golden.size()
            && largest <= tolerance.largest()
            && mean <= tolerance.mean()
            && Double.isFinite(largest);
    double share = 1 - (double) outside / golden.size();
    return new Comparison(step, tensor, largest, mean, share, tolerance, passed);
  }

  /** Compares two numbers. */
  static Comparison of(
      String step, String number, double actual, double golden, Tolerance tolerance) {
    double difference = Math.abs(actual - golden);
    boolean passed = difference <= tolerance.within(); // NaN is not
    double share = passed ? 1 : 0;
    return new Comparison(step, number, difference, difference, share, tolerance, passed);
  }

  private static long[] sides(HostTensor tensor) {
    long[] shape = tensor.shape();
    int first = 0;
    while (first < shape.length && shape[first] == 1) {
      first++;
    }
    return Arrays.copyOfRange(shape, first, shape.length);
  }
}
