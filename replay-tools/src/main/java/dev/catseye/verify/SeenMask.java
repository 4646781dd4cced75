package dev.catseye.verify;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the checker keeps of one record on masks.
 *
 * @param place where it stands
 * @param key its key as text
 * @param appendedMillis when the broker appended it, milliseconds since 1970-01-01 UTC
 * @param faults why the record itself cannot be trusted: unreadable, seal broken, score map that
 *     does not unpack; empty for a sound record
 * @param contradiction what its regions or its summary say otherwise than its score map; empty when
 *     they agree or the record is not sound
 * @param facts what it says; empty when it is no readable mask
 */
record SeenMask(
    Place place,
    String key,
    long appendedMillis,
    List<String> faults,
    Optional<String> contradiction,
    Optional<Facts> facts) {

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
   * @param overdue whether it is marked as too late
   * @param processed when the outcome was decided, microseconds since 1970-01-01 UTC
   * @param past whether its headers say that it tells of the past: its frame was put back from
   *     rejects, and was overtaken or again not detected
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
      boolean overdue,
      Maker maker,
      Picture picture,
      List<Region> regions,
      long processed,
      boolean past) {

    boolean detected() {
      return outcome.equals("DETECTED");
    }

    boolean shed() {
      return outcome.equals("SHED");
    }

    boolean rejected() {
      return outcome.equals("REJECTED");
    }

    /** The camera that judge counts it for. */
    String camera() {
      return identity.map(Identity::camera).orElse(recordKey);
    }
  }

  /**
   * What made a mask.
   *
   * @param threshold operating point, 0 to 1; empty unless DETECTED
   */
  record Maker(
      String plan, String provider, String bundle, String instance, OptionalDouble threshold) {}

  /**
   * The picture as the service saw it.
   *
   * @param crc CRC-32C of the payload
   * @param mean of its luma, 0 to 255
   * @param spread standard deviation of its luma, 0 to 255
   */
  record Picture(OptionalLong crc, OptionalDouble mean, OptionalDouble spread) {}

  /**
   * Bounds of a region in camera pixels, its area in camera pixels, its peak score, and the share
   * of its surroundings that is drivable.
   */
  record Region(
      long x, long y, long width, long height, long areaPx, double peak, OptionalDouble drivable) {

    /** The same bounds, area and peak; what a score map cannot tell is left out. */
    boolean measuresAs(Region other) {
      return x == other.x
          && y == other.y
          && width == other.width
          && height == other.height
          && areaPx == other.areaPx
          && peak == other.peak;
    }

    @Override
    public String toString() {
      return "%d x %d at (%d, %d), area %d, peak %s".formatted(width, height, x, y, areaPx, peak);
    }
  }
}
