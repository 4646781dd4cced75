package dev.catseye.parity;

import java.util.Locale;

/** A comparison in one line for people. */
public final class ParityText {
  private ParityText() {}

  /** Step, tensor, largest and mean difference, share within the tolerance, verdict. */
  public static String line(Comparison comparison) {
    return String.format(
        Locale.ROOT,
        "%-13s %-12s largest %8.2e  mean %8.2e  %10.6f %% within %-6s %-38s %s",
        comparison.step(),
        comparison.tensor(),
        comparison.largest(),
        comparison.mean(),
        100 * comparison.share(),
        number(comparison.tolerance().within()),
        needed(comparison.tolerance()),
        verdict(comparison.passed()));
  }

  /** PASS or FAIL. */
  public static String verdict(boolean passed) {
    return passed ? "PASS" : "FAIL";
  }

  private static String needed(Tolerance tolerance) {
    StringBuilder text = new StringBuilder("(");
    text.append(number(100 * (1 - tolerance.outside()))).append(" % needed");
    if (Double.isFinite(tolerance.largest())) {
      text.append(", none beyond ").append(number(tolerance.largest()));
    }
    if (Double.isFinite(tolerance.mean())) {
      text.append(", mean ").append(number(tolerance.mean())).append(" at most");
    }
    return text.append(')').toString();
  }

  /** As few digits as tell it: 1, 0.001, 5e-05. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.6g", value);
    return Double.parseDouble(text) == Math.rint(value) && value < 1e6
        ? String.format(Locale.ROOT, "%.0f", value)
        : Double.toString(Double.parseDouble(text)).replace("E", "e");
  }
}
