package dev.catseye.verify;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the checker keeps of one record on frames.
 *
 * @param place where it stands
 * @param key its key as text
 * @param value its whole value in short, to compare with rejects
 * @param appendedMillis when the broker appended it, milliseconds since 1970-01-01 UTC
 * @param putBack whether its headers say that it was put back from rejects
 * @param announced what its headers call it; empty when they do not
 * @param facts what it says; empty when it is no readable frame
 */
record SeenFrame(
    Place place,
    String key,
    ValueMark value,
    long appendedMillis,
    boolean putBack,
    Optional<Identity> announced,
    Optional<Facts> facts) {

  /** Whether its headers or it itself say that it is a later frame of the same camera and boot. */
  boolean isLaterThan(Identity frame) {
    return Stream.concat(announced.stream(), facts.map(Facts::identity).stream())
        .filter(other -> other.camera().equals(frame.camera()))
        .filter(other -> other.boot().equals(frame.boot()))
        .anyMatch(other -> other.sequence() > frame.sequence());
  }

  /**
   * What a readable frame says.
   *
   * @param width width of the picture in pixels, as declared
   * @param height height of the picture in pixels, as declared
   * @param utc whether its capture time is that of a UTC clock
   * @param sealHolds whether the checker's own checksum equals the one carried
   * @param payloadCrc CRC-32C of the payload bytes; empty for a reference
   */
  record Facts(
      Identity identity,
      int width,
      int height,
      String drive,
      boolean utc,
      boolean sealHolds,
      OptionalLong payloadCrc) {}
}
