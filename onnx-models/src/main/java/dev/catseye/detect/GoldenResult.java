package dev.catseye.detect;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How this machine answers the bundle's golden frame.
 *
 * @param outputs one measurement per output compared; empty when the bundle has no golden frame
 */
public record GoldenResult(List<Measured> outputs) {
  /** Copies the list. */
  public GoldenResult {
    outputs = List.copyOf(outputs);
  }

  /**
   * One output against its expected map.
   *
   * @param output tensor name
   * @param share share of pixels that differ by {@code maxDifference} or less, 0 to 1
   * @param required least such share
   * @param maxDifference of a byte, 0 to 255
   */
  public record Measured(String output, double share, double required, int maxDifference) {
    /** Whether enough pixels agree. */
    public boolean passed() {
      return share >= required;
    }

    @Override
    public String toString() {
      return String.format(
          "%s: %.5f of the pixels within %d, %.5f required",
          output, share, maxDifference, required);
    }
  }

  /** Whether every output agrees; true when there was nothing to compare. */
  public boolean passed() {
    return outputs.stream().allMatch(Measured::passed);
  }

  /** The outputs and their figures in one line. */
  public String summary() {
    return outputs.isEmpty()
        ? "the bundle has no golden frame"
        : outputs.stream().map(Measured::toString).collect(Collectors.joining("; "));
  }
}
