package dev.catseye.judge;

import dev.catseye.schemas.Alarm;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of one camera between two masks.
 *
 * @param counter alarm records written so far
 * @param last the newest judged frame; empty before the first
 * @param times capture times of the newest judged frames of its boot, newest first, as many as the
 *     window holds; microseconds
 * @param tracks oldest first, at most {@link #MOST_TRACKS}
 * @param suspended whether the open alarms were told to be suspended since that frame
 */
record AlarmMemory(
    long counter,
    Optional<Evidence> last,
    List<Long> times,
    List<Track> tracks,
    boolean suspended) {
  /** Most tracks of a camera: bounds memory and the changelog, whatever a network sees. */
  static final int MOST_TRACKS = 64;

  static final AlarmMemory EMPTY =
      new AlarmMemory(0, Optional.empty(), List.of(), List.of(), false);

  AlarmMemory {
    times = List.copyOf(times);
    tracks = List.copyOf(tracks);
  }

  /** Alarms raised and not cleared. */
  int open() {
    return (int) tracks.stream().filter(Track::raised).count();
  }

  /**
   * A memory, the records that led to it, and what there was no room for.
   *
   * @param alarms in order of their counters
   * @param refused tracks given up because there were too many
   */
  record Step(AlarmMemory memory, List<Alarm> alarms, int refused) {
    Step {
      alarms = List.copyOf(alarms);
    }

    /** Nothing changes and nothing is told. */
    static Step none(AlarmMemory memory) {
      return new Step(memory, List.of(), 0);
    }
  }
}
