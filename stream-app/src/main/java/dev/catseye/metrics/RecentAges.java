package dev.catseye.metrics;

import dev.catseye.schemas.FrameAge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Ages of the newest frames since they were last told, in microseconds. Used by one thread. */
public final class RecentAges {
  private static final int MOST = 64; // two seconds at 30 Hz

  private final List<Long> ages = new ArrayList<>();

  /** Takes in one age; a negative one, of a clock ahead of ours, is left out. */
  public void add(long ageMicros) {
    if (ageMicros < 0) {
      return;
    }
    if (ages.size() == MOST) {
      ages.remove(0);
    }
    ages.add(ageMicros);
  }

  /** The ages in five numbers; empty when there are none. */
  public Optional<FrameAge> summary() {
    if (ages.isEmpty()) {
      return Optional.empty();
    }
    List<Long> sorted = new ArrayList<>(ages);
    Collections.sort(sorted);
    return Optional.of(
        new FrameAge(
            sorted.size(),
            quantile(sorted, 0.50),
            quantile(sorted, 0.95),
            quantile(sorted, 0.99),
            sorted.get(sorted.size() - 1)));
  }

  /** The ages, oldest first. */
  public List<Long> all() {
    return List.copyOf(ages);
  }

  /** Forgets them. */
  public void clear() {
    ages.clear();
  }

  /** The smallest value that at least the share {@code q} does not exceed. */
  private static long quantile(List<Long> sorted, double q) {
    return sorted.get((int) Math.ceil(q * sorted.size()) - 1);
  }
}
