package dev.catseye.alarmlevel;

import dev.catseye.evaluate.FrameKey;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which frames have a DETECTED mask, and at which operating point. Used by one thread. */
final class DetectedFrames {
  private final Optional<String> plan;
  private final Set<FrameKey> frames = new HashSet<>();
  private final SortedMap<Float, Integer> thresholds = new TreeMap<>();
  private int unreadable;

  /**
   * @param plan the plan whose masks count; empty for all
   */
  DetectedFrames(Optional<String> plan) {
    this.plan = plan;
  }

  void add(Mask mask) {
    if (mask.outcome() == Outcome.DETECTED && plan.map(mask.plan()::equals).orElse(true)) {
      boolean first = frames.add(FrameKey.of(mask.frame().orElseThrow()));
      if (first) {
        thresholds.merge(mask.summary().orElseThrow().threshold(), 1, Integer::sum);
      }
    }
  }

  /** Counts a record that is no readable mask. */
  void addUnreadable() {
    unreadable++;
  }

  boolean has(FrameKey frame) {
    return frames.contains(frame);
  }

  /** Scores from which a pixel belongs to a region, 0 to 1, with the number of such masks. */
  SortedMap<Float, Integer> thresholds() {
    return thresholds;
  }

  int unreadable() {
    return unreadable;
  }
}
