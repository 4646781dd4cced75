package dev.catseye.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the checker keeps of one record on alarms.
 *
 * @param place where it stands
 * @param faults why the record itself cannot be trusted; empty for a sound record
 * @param facts what it says; empty when it is no readable alarm
 */
record SeenAlarm(Place place, List<String> faults, Optional<Facts> facts) {

  /** Readable and sound: what it says may be held against it. */
  Optional<Facts> sound() {
    return faults.isEmpty() ? facts : Optional.empty();
  }

  /**
   * What a readable alarm says.
   *
   * @param first frame of the first sighting
   * @param last frame that led to this step
   * @param evidence the record of {@code last}
   * @param region what was seen last
   * @param weight how much it matters, and why
   * @param decided when, microseconds since 1970-01-01 UTC
   */
  record Facts(
      String alarm,
      String camera,
      String state,
      Identity first,
      Identity last,
      Place evidence,
      SeenMask.Region region,
      Weight weight,
      String plan,
      String bundle,
      String drive,
      long counter,
      long decided,
      String instance) {

    boolean is(String other) {
      return state.equals(other);
    }

    /** RAISED or UPDATED: the region was seen in the frame {@code last}. */
    boolean shows() {
      return is("RAISED") || is("UPDATED");
    }
  }

  /**
   * What an alarm says of its region beside its bounds.
   *
   * @param hits k of k-of-n
   * @param frames n of k-of-n
   * @param growth relative growth of its area per second
   * @param contact seconds until the camera reaches it
   */
  record Weight(
      long hits, long frames, String severity, OptionalDouble growth, OptionalDouble contact) {}
}
