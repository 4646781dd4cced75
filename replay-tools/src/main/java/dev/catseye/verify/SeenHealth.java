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
   * @param counts masks judged since the record before
   * @param last newest DETECTED frame
   * @param decided when, microseconds since 1970-01-01 UTC
   */
  record Facts(
      String camera,
      String state,
      Set<String> reasons,
      long counter,
      Counts counts,
      Optional<Identity> last,
      String provider,
      String bundle,
      long decided,
      String instance) {
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

  /** Masks by outcome. */
  record Counts(long detected, long shed, long rejected, long duplicate, long late) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    long all() {
      return detected + shed + rejected + duplicate + late;
    }

    /** One more of the outcome with that name. */
    Counts and(String outcome) {
      return new Counts(
          detected + (outcome.equals("DETECTED") ? 1 : 0),
          shed + (outcome.equals("SHED") ? 1 : 0),
          rejected + (outcome.equals("REJECTED") ? 1 : 0),
          duplicate + (outcome.equals("DUPLICATE") ? 1 : 0),
          late + (outcome.equals("LATE") ? 1 : 0));
    }

    @Override
    public String toString() {
      return "%d DETECTED, %d SHED, %d REJECTED, %d DUPLICATE, %d LATE"
          .formatted(detected, shed, rejected, duplicate, late);
    }
  }
}
