package dev.catseye.schemas;

/** Ground truth to the wire and back. */
final class GroundTruthWire {
  private GroundTruthWire() {}

  static dev.catseye.schemas.wire.GroundTruth toWire(GroundTruth truth) {
    return new dev.catseye.schemas.wire.GroundTruth(
        Wire.frameId(truth.frame()),
        truth.driveId(),
        truth.labelPng().buffer(),
        truth.anomalyValues(),
        truth.normalValues(),
        truth.voidValues(),
        truth.view(),
        Wire.seal());
  }

  static GroundTruth fromWire(dev.catseye.schemas.wire.GroundTruth wire) {
    return new GroundTruth(
        Wire.frameId(wire.getFrame()),
        wire.getDriveId(),
        Bytes.wrap(wire.getLabelPng()),
        wire.getAnomalyValues(),
        wire.getNormalValues(),
        wire.getVoidValues(),
        wire.getView());
  }
}
