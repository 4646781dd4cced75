package dev.catseye.schemas;

/** Alarms to the wire and back. */
final class AlarmWire {
  private AlarmWire() {}

  static dev.catseye.schemas.wire.Alarm toWire(Alarm alarm) {
    return new dev.catseye.schemas.wire.Alarm(
        alarm.alarmId(),
        alarm.cameraId(),
        dev.catseye.schemas.wire.AlarmState.valueOf(alarm.state().name()),
        Wire.frameId(alarm.firstFrame()),
        Wire.frameId(alarm.lastFrame()),
        Wire.origin(alarm.evidence()),
        Wire.box(alarm.box()),
        alarm.areaPx(),
        alarm.peakScore(),
        alarm.evidenceCount(),
        alarm.evidenceWindow(),
        Wire.nullable(alarm.drivableFraction()),
        dev.catseye.schemas.wire.Severity.valueOf(alarm.severity().name()),
        Wire.nullable(alarm.growthPerSecond()),
        Wire.nullable(alarm.secondsToContact()),
        alarm.plan(),
        alarm.bundleDigest(),
        alarm.driveId(),
        alarm.counter(),
        alarm.decidedMicros(),
        alarm.instanceId(),
        Wire.seal());
  }

  static Alarm fromWire(dev.catseye.schemas.wire.Alarm wire) {
    return new Alarm(
        wire.getAlarmId(),
        wire.getCameraId(),
        AlarmState.valueOf(wire.getState().name()),
        Wire.frameId(wire.getFirstFrame()),
        Wire.frameId(wire.getLastFrame()),
        Wire.origin(wire.getEvidence()),
        Wire.box(wire.getBox()),
        wire.getAreaPx(),
        wire.getPeakScore(),
        wire.getEvidenceCount(),
        wire.getEvidenceWindow(),
        Wire.optional(wire.getDrivableFraction()),
        Severity.valueOf(wire.getSeverity().name()),
        Wire.optional(wire.getGrowthPerSecond()),
        Wire.optional(wire.getSecondsToContact()),
        wire.getPlan(),
        wire.getBundleDigest(),
        wire.getDriveId(),
        wire.getCounter(),
        wire.getDecidedAt(),
        wire.getInstanceId());
  }
}
