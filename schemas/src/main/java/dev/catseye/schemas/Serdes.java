package dev.catseye.schemas;

import org.apache.kafka.common.serialization.Serde;

/**
 * Serdes of our records: sealed Avro single-object messages. Null stays null, as Kafka's rules for
 * serdes ask. What cannot be read is a {@link RecordException}. Thread-safe.
 */
public final class Serdes {
  private static final Codec<Mask> MASK =
      new SealedCodec<>(
          dev.catseye.schemas.wire.Mask.class,
          MaxBytes.PIXELS,
          MaskWire::toWire,
          MaskWire::fromWire);
  private static final Codec<Trust> TRUST =
      new SealedCodec<>(
          dev.catseye.schemas.wire.Trust.class,
          MaxBytes.PIXELS,
          TrustWire::toWire,
          TrustWire::fromWire);
  private static final Codec<Alarm> ALARM =
      new SealedCodec<>(
          dev.catseye.schemas.wire.Alarm.class,
          MaxBytes.PLAIN,
          AlarmWire::toWire,
          AlarmWire::fromWire);
  private static final Codec<Health> HEALTH =
      new SealedCodec<>(
          dev.catseye.schemas.wire.Health.class,
          MaxBytes.PLAIN,
          HealthWire::toWire,
          HealthWire::fromWire);
  private static final Codec<Heartbeat> HEARTBEAT =
      new SealedCodec<>(
          dev.catseye.schemas.wire.Heartbeat.class,
          MaxBytes.PLAIN,
          HealthWire::toWire,
          HealthWire::fromWire);
  private static final Codec<GroundTruth> GROUND_TRUTH =
      new SealedCodec<>(
          dev.catseye.schemas.wire.GroundTruth.class,
          MaxBytes.PIXELS,
          GroundTruthWire::toWire,
          GroundTruthWire::fromWire);

  private Serdes() {}

  /** Frames, refused when their checksum does not hold; admission reads {@link Frames#read}. */
  public static Serde<Frame> frame() {
    return serde(new FrameCodec());
  }

  /** Masks. */
  public static Serde<Mask> mask() {
    return serde(MASK);
  }

  /** Trust records. */
  public static Serde<Trust> trust() {
    return serde(TRUST);
  }

  /** Alarms. */
  public static Serde<Alarm> alarm() {
    return serde(ALARM);
  }

  /** Health of cameras. */
  public static Serde<Health> health() {
    return serde(HEALTH);
  }

  /** Heartbeats of instances. */
  public static Serde<Heartbeat> heartbeat() {
    return serde(HEARTBEAT);
  }

  /** Ground truth. */
  public static Serde<GroundTruth> groundTruth() {
    return serde(GROUND_TRUTH);
  }

  private static <T> Serde<T> serde(Codec<T> codec) {
    return org.apache.kafka.common.serialization.Serdes.serdeFrom(
        (topic, value) -> value == null ? null : codec.write(value),
        (topic, message) -> message == null ? null : codec.read(message));
  }

  /** Frames with the check that {@link Frames} leaves to admission. */
  private static final class FrameCodec implements Codec<Frame> {
    @Override
    public byte[] write(Frame frame) {
      return Frames.write(frame);
    }

    @Override
    public Frame read(byte[] message) {
      Frame frame = Frames.read(message);
      if (!frame.checksumHolds()) {
        throw new RecordException(
            Reason.CHECKSUM, "Frame " + frame.id() + ": checksum does not hold");
      }
      return frame;
    }
  }
}
