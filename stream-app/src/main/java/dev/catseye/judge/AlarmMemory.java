package dev.catseye.judge;

import dev.catseye.schemas.Alarm;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one camera between two masks.
 *
 * @param counter alarm records written so far
 * @param last the newest DETECTED frame; empty before the first
 * @param tracks oldest first
 */
record AlarmMemory(long counter, Optional<Evidence> last, List<Track> tracks) {
  static final AlarmMemory EMPTY = new AlarmMemory(0, Optional.empty(), List.of());

  AlarmMemory {
    tracks = List.copyOf(tracks);
  }

  /** Alarms raised and not cleared. */
  int open() {
    return (int) tracks.stream().filter(Track::raised).count();
  }

  /**
   * A memory and the records that led to it.
   *
   * @param alarms in order of their counters
   */
  record Step(AlarmMemory memory, List<Alarm> alarms) {
    Step {
      alarms = List.copyOf(alarms);
    }
  }
}
