package dev.catseye.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What judging has found so far: how often each promise was broken, with the first examples, and
 * what keeps the checker from being sure.
 */
final class Findings {
  /** Examples kept of each promise; the rest is counted. */
  static final int EXAMPLES = 20;

  private final Map<Promise, Long> counts = new EnumMap<>(Promise.class);
  private final List<Violation> examples = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();

  void violation(Promise promise, Place place, String text) {
    if (counts.merge(promise, 1L, Long::sum) <= EXAMPLES) {
      examples.add(new Violation(promise, place, text));
    }
  }

  /** A premise of the verdict that does not hold: one line. */
  void doubt(String text) {
    doubts.add(text);
  }

  Map<Promise, Long> counts() {
    return counts;
  }

  List<Violation> examples() {
    return examples;
  }

  List<String> doubts() {
    return doubts;
  }
}
