package dev.catseye.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The largest median of nine steps of a camera's capture time so far: never shorter than the period
 * by which the service itself judges. Not thread-safe.
 */
final class FrameStep {
  private static final int STEPS = 9;

  private final List<Long> steps = new ArrayList<>();
  private Optional<Identity> last = Optional.empty();
  private long longest;

  /** Takes in the next DETECTED frame. */
  void add(Identity frame) {
    boolean comparable =
        last.filter(before -> before.boot().equals(frame.boot()))
            .filter(before -> before.captured() < frame.captured())
            .isPresent();
    if (comparable) {
      steps.add(frame.captured() - last.get().captured());
      if (steps.size() > STEPS) {
        steps.remove(0);
      }
      longest = Math.max(longest, steps.stream().sorted().skip(steps.size() / 2).findFirst().get());
    }
    last = Optional.of(frame);
  }

  /** In microseconds; 0 before the first step. */
  long longest() {
    return longest;
  }
}
