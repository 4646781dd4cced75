package dev.catseye.schemas;

/** Masks to the wire and back. */
final class MaskWire {
  private MaskWire() {}

  static dev.catseye.schemas.wire.Mask toWire(Mask mask) {
    return new dev.catseye.schemas.wire.Mask(
        Wire.nullable(mask.frame(), Wire::frameId),
        mask.frameWidth().orElse(0),
        mask.frameHeight().orElse(0),
        mask.driveId(),
        Wire.origin(mask.origin()),
        mask.recordKey(),
        dev.catseye.schemas.wire.Outcome.valueOf(mask.outcome().name()),
        dev.catseye.schemas.wire.Reason.valueOf(mask.reason().name()),
        mask.detail(),
        mask.overdue(),
        mask.provider(),
        mask.plan(),
        mask.bundleDigest(),
        Wire.nullable(mask.scoreMap(), Wire::scoreMap),
        Wire.list(mask.regions(), MaskWire::region),
        Wire.nullable(mask.pictureMean()),
        Wire.nullable(mask.pictureSpread()),
        Wire.nullable(mask.payloadChecksum()),
        Wire.nullable(mask.summary(), MaskWire::summary),
        stages(mask.stages()),
        mask.processedMicros(),
        mask.instanceId(),
        Wire.seal());
  }

  static Mask fromWire(dev.catseye.schemas.wire.Mask wire) {
    return new Mask(
        Wire.optional(wire.getFrame(), Wire::frameId),
        Wire.positive(wire.getFrameWidth()),
        Wire.positive(wire.getFrameHeight()),
        wire.getDriveId(),
        Wire.origin(wire.getOrigin()),
        wire.getRecordKey(),
        Outcome.valueOf(wire.getOutcome().name()),
        Reason.valueOf(wire.getReason().name()),
        wire.getDetail(),
        wire.getOverdue(),
        wire.getProvider(),
        wire.getPlan(),
        wire.getBundleDigest(),
        Wire.optional(wire.getScoreMap(), Wire::scoreMap),
        Wire.list(wire.getRegions(), MaskWire::region),
        Wire.optional(wire.getPictureMean()),
        Wire.optional(wire.getPictureSpread()),
        Wire.optional(wire.getPayloadChecksum()),
        Wire.optional(wire.getSummary(), MaskWire::summary),
        stages(wire.getStages()),
        wire.getProcessedAt(),
        wire.getInstanceId());
  }

  private static dev.catseye.schemas.wire.Region region(Region region) {
    return new dev.catseye.schemas.wire.Region(
        Wire.box(region.box()),
        region.areaPx(),
        region.peakScore(),
        Wire.nullable(region.drivableFraction()));
  }

  private static Region region(dev.catseye.schemas.wire.Region wire) {
    return new Region(
        Wire.box(wire.getBox()),
        wire.getAreaPx(),
        wire.getPeakScore(),
        Wire.optional(wire.getDrivableFraction()));
  }

  private static dev.catseye.schemas.wire.Summary summary(Summary summary) {
    return new dev.catseye.schemas.wire.Summary(
        summary.maxScore(), summary.meanScore(), summary.fractionAbove(), summary.threshold());
  }

  private static Summary summary(dev.catseye.schemas.wire.Summary wire) {
    return new Summary(
        wire.getMaxScore(), wire.getMeanScore(), wire.getFractionAbove(), wire.getThreshold());
  }

  private static dev.catseye.schemas.wire.StageMicros stages(StageMicros stages) {
    return new dev.catseye.schemas.wire.StageMicros(
        stages.admit(),
        stages.decode(),
        stages.queue(),
        stages.infer(),
        stages.region(),
        stages.encode());
  }

  private static StageMicros stages(dev.catseye.schemas.wire.StageMicros wire) {
    return new StageMicros(
        wire.getAdmit(),
        wire.getDecode(),
        wire.getQueue(),
        wire.getInfer(),
        wire.getRegion(),
        wire.getEncode());
  }
}
