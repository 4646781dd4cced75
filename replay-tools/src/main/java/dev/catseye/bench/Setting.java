package dev.catseye.bench;

import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.DetectorInfo;
import java.util.List;

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

  /** Names of the plans that were run: all of the graph. */
  List<String> plans() {
    return detector.plans().stream().map(PlanSpec::name).toList();
  }
}
