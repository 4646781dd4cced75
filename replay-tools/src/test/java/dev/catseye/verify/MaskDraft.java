package dev.catseye.verify;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A mask of which a test changes some fields. */
final class MaskDraft {
  private final Mask mask;
  private Optional<Reason> rejected = Optional.empty();
  Optional<FrameId> frame;
  Origin origin;
  String bundle;
  OptionalLong payloadChecksum;

  MaskDraft(Mask mask) {
    this.mask = mask;
    this.frame = mask.frame();
    this.origin = mask.origin();
    this.bundle = mask.bundleDigest();
    this.payloadChecksum = mask.payloadChecksum();
  }

  /** Turns it into a refusal: no score map, no regions. */
  void reject(Reason reason) {
    rejected = Optional.of(reason);
  }

  Mask mask() {
    return new Mask(
        frame,
        mask.frameWidth(),
        mask.frameHeight(),
        mask.driveId(),
        origin,
        mask.recordKey(),
        rejected.isPresent() ? Outcome.REJECTED : mask.outcome(),
        rejected.orElse(mask.reason()),
        mask.detail(),
        mask.overdue(),
        mask.provider(),
        mask.plan(),
        bundle,
        rejected.isPresent() ? Optional.empty() : mask.scoreMap(),
        rejected.isPresent() ? List.of() : mask.regions(),
        mask.pictureMean(),
        mask.pictureSpread(),
        payloadChecksum,
        rejected.isPresent() ? Optional.empty() : mask.summary(),
        mask.stages(),
        mask.processedMicros(),
        mask.instanceId());
  }
}
