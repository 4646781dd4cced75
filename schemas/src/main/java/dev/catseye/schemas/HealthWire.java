package dev.catseye.schemas;

/** Health records and heartbeats to the wire and back. */
final class HealthWire {
  private HealthWire() {}

  static dev.catseye.schemas.wire.Health toWire(Health health) {
    return new dev.catseye.schemas.wire.Health(
        health.cameraId(),
        Wire.state(health.state()),
        Wire.toWireReasons(health.reasons()),
        health.counter(),
        Wire.nullable(health.lastFrame(), Wire::frameId),
        Wire.nullable(health.frameAge(), Wire::frameAge),
        Wire.counts(health.counts()),
        health.provider(),
        health.bundleDigest(),
        health.decidedMicros(),
        health.instanceId(),
        Wire.seal());
  }

  static Health fromWire(dev.catseye.schemas.wire.Health wire) {
    return new Health(
        wire.getCameraId(),
        Wire.state(wire.getState()),
        Wire.reasons(wire.getReasons()),
        wire.getCounter(),
        Wire.optional(wire.getLastFrame(), Wire::frameId),
        Wire.optional(wire.getFrameAge(), Wire::frameAge),
        Wire.counts(wire.getCounts()),
        wire.getProvider(),
        wire.getBundleDigest(),
        wire.getDecidedAt(),
        wire.getInstanceId());
  }

  static dev.catseye.schemas.wire.Heartbeat toWire(Heartbeat beat) {
    return new dev.catseye.schemas.wire.Heartbeat(
        beat.instanceId(),
        beat.roles(),
        Wire.state(beat.state()),
        Wire.toWireReasons(beat.reasons()),
        beat.counter(),
        Wire.nullable(beat.lastFrame(), Wire::frameId),
        Wire.nullable(beat.frameAge(), Wire::frameAge),
        Wire.counts(beat.counts()),
        beat.provider(),
        beat.bundleDigest(),
        beat.sentMicros(),
        Wire.seal());
  }

  static Heartbeat fromWire(dev.catseye.schemas.wire.Heartbeat wire) {
    return new Heartbeat(
        wire.getInstanceId(),
        wire.getRoles(),
        Wire.state(wire.getState()),
        Wire.reasons(wire.getReasons()),
        wire.getCounter(),
        Wire.optional(wire.getLastFrame(), Wire::frameId),
        Wire.optional(wire.getFrameAge(), Wire::frameAge),
        Wire.counts(wire.getCounts()),
        wire.getProvider(),
        wire.getBundleDigest(),
        wire.getSentAt());
  }
}
