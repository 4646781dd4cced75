package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import java.util.OptionalLong;

/**
 * What an alarm record says of the frame that led to it.
 *
 * @param framePx pixels of the frame
 * @param payloadChecksum CRC-32C of its picture, to know it again; empty when unknown
 */
record Evidence(
    FrameId frame,
    Origin origin,
    long framePx,
    OptionalLong payloadChecksum,
    String plan,
    String bundleDigest,
    String driveId) {

  /** The evidence in a DETECTED mask. */
  static Evidence of(Mask mask) {
    return new Evidence(
        mask.frame().orElseThrow(),
        mask.origin(),
        (long) mask.frameWidth().orElseThrow() * mask.frameHeight().orElseThrow(),
        mask.payloadChecksum(),
        mask.plan(),
        mask.bundleDigest(),
        mask.driveId());
  }
}
