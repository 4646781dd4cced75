package dev.catseye.verify;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What judging has found so far: how often each promise was kept and broken, with the first
 * examples, and what keeps the checker from being sure. Not thread-safe.
 *
 * <p>One fault is told as one promise: a check passes over what an earlier one has blamed.
 */
final class Findings {
  /** Examples kept of each promise; the rest is counted. */
  static final int EXAMPLES = 20;

  private static final int MOST_BLAMED = 100_000; // beyond it nobody reads on; bounds memory

  private final Map<Promise, Long> checked = new EnumMap<>(Promise.class);
  private final Map<Promise, Long> counts = new EnumMap<>(Promise.class);
  private final List<Violation> examples = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private final Set<Place> blamed = new HashSet<>();

  /** So many things were compared with what the promise says of them. */
  void checked(Promise promise, long things) {
    checked.merge(promise, things, Long::sum);
  }

  /** The promise is broken, and the record at {@code place} is to blame. */
  void violation(Promise promise, Place place, String text) {
    if (counts.merge(promise, 1L, Long::sum) <= EXAMPLES) {
      examples.add(new Violation(promise, place, text));
    }
    blame(place);
  }

  /** The record at {@code place} has a part in what was told. */
  void blame(Place place) {
    if (blamed.size() < MOST_BLAMED) {
      blamed.add(place);
    }
  }

  /** Whether something was told of that very record. */
  boolean isBlamed(Place place) {
    return blamed.contains(place);
  }

  /** Whether something was told of a record of that topic's partition. */
  boolean isBlamed(String topic, int partition) {
    return blamed.stream()
        .anyMatch(place -> place.partition() == partition && place.topic().equals(topic));
  }

  /** A premise of the verdict that does not hold: one line. */
  void doubt(String text) {
    doubts.add(text);
  }

  Map<Promise, Long> checked() {
    return checked;
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
