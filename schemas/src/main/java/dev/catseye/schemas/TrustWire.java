package dev.catseye.schemas;

/** Trust records to the wire and back. */
final class TrustWire {
  private TrustWire() {}

  static dev.catseye.schemas.wire.Trust toWire(Trust trust) {
    return new dev.catseye.schemas.wire.Trust(
        Wire.frameId(trust.frame()),
        Wire.origin(trust.origin()),
        trust.driveId(),
        trust.plan(),
        trust.bundleDigest(),
        Wire.list(trust.classes(), TrustWire::classTrust),
        trust.errorMass(),
        Wire.nullable(trust.errorMassRoad()),
        trust.meanMsp(),
        trust.meanEntropy(),
        Wire.nullable(trust.errorMap(), Wire::scoreMap),
        trust.processedMicros(),
        trust.instanceId(),
        Wire.seal());
  }

  static Trust fromWire(dev.catseye.schemas.wire.Trust wire) {
    return new Trust(
        Wire.frameId(wire.getFrame()),
        Wire.origin(wire.getOrigin()),
        wire.getDriveId(),
        wire.getPlan(),
        wire.getBundleDigest(),
        Wire.list(wire.getClasses(), TrustWire::classTrust),
        wire.getErrorMass(),
        Wire.optional(wire.getErrorMassRoad()),
        wire.getMeanMsp(),
        wire.getMeanEntropy(),
        Wire.optional(wire.getErrorMap(), Wire::scoreMap),
        wire.getProcessedAt(),
        wire.getInstanceId());
  }

  private static dev.catseye.schemas.wire.ClassTrust classTrust(ClassTrust trust) {
    return new dev.catseye.schemas.wire.ClassTrust(
        trust.trainId(),
        trust.predictedIouRaw(),
        trust.predictedIou(),
        trust.predictedArea(),
        trust.evaluable());
  }

  private static ClassTrust classTrust(dev.catseye.schemas.wire.ClassTrust wire) {
    return new ClassTrust(
        wire.getTrainId(),
        wire.getPredictedIouRaw(),
        wire.getPredictedIou(),
        wire.getPredictedArea(),
        wire.getEvaluable());
  }
}
