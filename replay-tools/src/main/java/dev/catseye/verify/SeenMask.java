package dev.catseye.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the checker keeps of one record on masks.
 *
 * @param place where it stands
 * @param appendedMillis when the broker appended it, milliseconds since 1970-01-01 UTC
 * @param faults why the record itself cannot be trusted: unreadable, seal broken, score map that
 *     does not unpack; empty for a sound record
 * @param facts what it says; empty when it is no readable mask
 */
record SeenMask(Place place, long appendedMillis, List<String> faults, Optional<Facts> facts) {

  /** Readable and sound: what it says may be held against it. */
  Optional<Facts> sound() {
    return faults.isEmpty() ? facts : Optional.empty();
  }

  /**
   * What a readable mask says.
   *
   * @param identity empty where the service could not read the frame
   * @param frameWidth width of the frame in camera pixels, 0 when unknown
   * @param frameHeight height of the frame in camera pixels, 0 when unknown
   * @param payloadCrc CRC-32C of the payload as the service saw it
   */
  record Facts(
      Optional<Identity> identity,
      int frameWidth,
      int frameHeight,
      String drive,
      Place origin,
      String recordKey,
      String outcome,
      String reason,
      String plan,
      String provider,
      String bundle,
      String instance,
      OptionalLong payloadCrc,
      List<Region> regions) {

    boolean detected() {
      return outcome.equals("DETECTED");
    }

    boolean shed() {
      return outcome.equals("SHED");
    }

    boolean rejected() {
      return outcome.equals("REJECTED");
    }
  }

  /** Bounds of a region in camera pixels, its area in camera pixels, and its peak score. */
  record Region(long x, long y, long width, long height, long areaPx, double peak) {
    @Override
    public String toString() {
      return "%d x %d at (%d, %d), area %d, peak %s".formatted(width, height, x, y, areaPx, peak);
    }
  }
}
