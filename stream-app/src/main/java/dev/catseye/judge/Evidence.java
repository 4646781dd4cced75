package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;

/**
 * What an alarm record says of the frame that led to it.
 *
 * @param framePx pixels of the frame
 */
record Evidence(
    FrameId frame, Origin origin, long framePx, String plan, String bundleDigest, String driveId) {

  /** The evidence in a DETECTED mask. */
  static Evidence of(Mask mask) {
    return new Evidence(
        mask.frame().orElseThrow(),
        mask.origin(),
        (long) mask.frameWidth().orElseThrow() * mask.frameHeight().orElseThrow(),
        mask.plan(),
        mask.bundleDigest(),
        mask.driveId());
  }
}
