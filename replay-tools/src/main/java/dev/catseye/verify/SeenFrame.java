package dev.catseye.verify;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the checker keeps of one record on frames.
 *
 * @param place where it stands
 * @param key its key as text
 * @param value its whole value in short, to compare with rejects
 * @param facts what it says; empty when it is no readable frame
 */
record SeenFrame(Place place, String key, ValueMark value, Optional<Facts> facts) {

  /**
   * What a readable frame says.
   *
   * @param width width of the picture in pixels, as declared
   * @param height height of the picture in pixels, as declared
   * @param sealHolds whether the checker's own checksum equals the one carried
   * @param payloadCrc CRC-32C of the payload bytes; empty for a reference
   */
  record Facts(
      Identity identity,
      int width,
      int height,
      String drive,
      boolean sealHolds,
      OptionalLong payloadCrc) {}
}
