package dev.catseye.verify;

import java.util.List;
import java.util.Optional;

/**
 * What the checker keeps of one record on heartbeats.
 *
 * @param place where it stands
 * @param faults why the record itself cannot be trusted; empty for a sound record
 * @param facts what it says; empty when it is no readable heartbeat
 */
record SeenBeat(Place place, List<String> faults, Optional<Facts> facts) {

  /** Readable and sound: what it says may be held against it. */
  Optional<Facts> sound() {
    return faults.isEmpty() ? facts : Optional.empty();
  }

  /**
   * What a readable heartbeat says.
   *
   * @param counter alive counter: work done
   * @param provider empty when none was ready
   * @param bundle empty when none was open
   * @param sent when, microseconds since 1970-01-01 UTC
   */
  record Facts(
      String instance, String state, long counter, String provider, String bundle, long sent) {

    boolean ok() {
      return state.equals("OK");
    }

    /** Neither before its first partition nor at its end: its counter tells of work. */
    boolean working() {
      return state.equals("OK") || state.equals("DEGRADED");
    }
  }
}
