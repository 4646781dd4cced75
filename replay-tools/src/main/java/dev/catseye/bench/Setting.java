package dev.catseye.bench;

import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.DetectorInfo;

/**
 * What was measured, and on what.
 *
 * @param detector the fused graph, where it was really computed, with how many threads; the same
 *     holds for the stages
 * @param precision of the graph's weights, such as {@code fp32}
 * @param frame that every run scored
 * @param machine that ran it
 * @param load of the machine
 */
record Setting(
    DetectorInfo detector, String precision, BenchFrame frame, Machine machine, Load load) {

  /** The plan that was run. */
  PlanSpec plan() {
    return detector.plans().get(0);
  }
}
