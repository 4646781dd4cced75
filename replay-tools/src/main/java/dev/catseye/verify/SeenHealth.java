package dev.catseye.verify;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the checker keeps of one record on health.
 *
 * @param place where it stands
 * @param faults why the record itself cannot be trusted; empty for a sound record
 * @param facts what it says; empty when it is no readable health record
 */
record SeenHealth(Place place, List<String> faults, Optional<Facts> facts) {

  /** Readable and sound: what it says may be held against it. */
  Optional<Facts> sound() {
    return faults.isEmpty() ? facts : Optional.empty();
  }

  /**
   * What a readable health record says.
   *
   * @param counter alive counter: masks judged
   * @param detected of these, DETECTED since the record before
   * @param outcomes all masks judged since the record before
   * @param decided when, microseconds since 1970-01-01 UTC
   */
  record Facts(
      String camera,
      String state,
      Set<String> reasons,
      long counter,
      long detected,
      long outcomes,
      long decided) {
    private static final Set<String> SEEING = Set.of("RECOVERING", "NOT_SEEN");

    boolean blind() {
      return state.equals("BLIND");
    }

    boolean ok() {
      return state.equals("OK");
    }

    /** BLIND because nothing is seen, not because it is good again for too short a time. */
    boolean seesNothing() {
      return blind() && reasons.stream().noneMatch(SEEING::contains);
    }
  }
}
