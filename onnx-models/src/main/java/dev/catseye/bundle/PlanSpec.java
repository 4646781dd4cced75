package dev.catseye.bundle;

import java.util.List;
import java.util.Optional;

/**
 * Which output of which graph answers under a plan's name.
 *
 * @param name such as {@code entropy}
 * @param graph path of the graph that computes it
 * @param output tensor of its anomaly map: uint8, trunc(255 score)
 * @param classMap tensor of the class map behind it: uint8 class indices, as many columns and rows
 * @param score the score in a formula
 * @param operatingPoints at least one; the first is the default
 */
public record PlanSpec(
    String name,
    String graph,
    String output,
    Optional<String> classMap,
    String score,
    List<OperatingPoint> operatingPoints) {
  /** Copies the list. */
  public PlanSpec {
    operatingPoints = List.copyOf(operatingPoints);
  }

  /** The threshold to use unless the operator says another. */
  public OperatingPoint defaultOperatingPoint() {
    return operatingPoints.get(0);
  }
}
