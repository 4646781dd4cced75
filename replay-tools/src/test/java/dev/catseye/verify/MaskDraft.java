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
  private Optional<Reason> reason = Optional.empty();
  private Outcome outcome;
  Optional<FrameId> frame;
  Origin origin;
  String bundle;
  OptionalLong payloadChecksum;

  MaskDraft(Mask mask) {
    this.mask = mask;
    this.outcome = mask.outcome();
    this.frame = mask.frame();
    this.origin = mask.origin();
    this.bundle = mask.bundleDigest();
    this.payloadChecksum = mask.payloadChecksum();
  }

  /** Turns it into a refusal: no score map, no regions. */
  void reject(Reason why) {
    outcome = Outcome.REJECTED;
    reason = Optional.of(why);
  }

  /** Turns it into a frame given up: no score map, no regions. */
  void shed(Reason why) {
    outcome = Outcome.SHED;
    reason = Optional.of(why);
  }

  Mask mask() {
    return new Mask(
        frame,
        mask.frameWidth(),
        mask.frameHeight(),
        mask.driveId(),
        origin,
        mask.recordKey(),
        outcome,
        reason.orElse(mask.reason()),
        mask.detail(),
        mask.overdue(),
        mask.provider(),
        mask.plan(),
        bundle,
        reason.isPresent() ? Optional.empty() : mask.scoreMap(),
        reason.isPresent() ? List.of() : mask.regions(),
        mask.pictureMean(),
        mask.pictureSpread(),
        payloadChecksum,
        reason.isPresent() ? Optional.empty() : mask.summary(),
        mask.stages(),
        mask.processedMicros(),
        mask.instanceId());
  }
}
