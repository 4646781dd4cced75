package dev.catseye.verify;

import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Summary;
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
  String provider;
  boolean overdue;
  List<Region> regions;
  Optional<ScoreMap> scoreMap;
  Optional<Summary> summary;
  long processed;
  OptionalLong payloadChecksum;

  MaskDraft(Mask mask) {
    this.mask = mask;
    this.outcome = mask.outcome();
    this.frame = mask.frame();
    this.origin = mask.origin();
    this.bundle = mask.bundleDigest();
    this.provider = mask.provider();
    this.overdue = mask.overdue();
    this.regions = mask.regions();
    this.scoreMap = mask.scoreMap();
    this.summary = mask.summary();
    this.processed = mask.processedMicros();
    this.payloadChecksum = mask.payloadChecksum();
  }

  /** Turns it into a refusal: no score map, no regions. */
  void reject(Reason why) {
    outcome = Outcome.REJECTED;
    reason = Optional.of(why);
  }

  /** Says that its frame was seen before, or overtaken: no score map, no regions. */
  void old(Outcome which) {
    outcome = which;
    reason = Optional.of(Reason.NONE);
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
        overdue,
        provider,
        mask.plan(),
        bundle,
        reason.isPresent() ? Optional.empty() : scoreMap,
        reason.isPresent() ? List.of() : regions,
        mask.pictureMean(),
        mask.pictureSpread(),
        payloadChecksum,
        reason.isPresent() ? Optional.empty() : summary,
        mask.stages(),
        processed,
        mask.instanceId());
  }
}
