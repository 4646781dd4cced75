package dev.catseye.schemas;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Frames and their bytes, without Kafka. Thread-safe. */
public final class Frames {
  private static final SingleObject<dev.catseye.schemas.wire.Frame> FORMAT =
      new SingleObject<>(dev.catseye.schemas.wire.Frame.class, MaxBytes.PIXELS);

  private Frames() {}

  /**
   * Parses a message: size, magic, schema, structure, ranges. The checksum is not judged, so that a
   * frame with a changed payload still has its identity: ask {@link Frame#checksumHolds()}.
   *
   * @throws RecordException (SCHEMA or TOO_LARGE) if the bytes are not exactly one valid frame
   */
  public static Frame read(byte[] message) {
    var wire = FORMAT.read(message);
    try {
      return fromWire(wire);
    } catch (IllegalArgumentException e) {
      throw FORMAT.refused(Reason.SCHEMA, e.getMessage(), e);
    }
  }

  /**
   * The message of a frame, with the checksum that it carries.
   *
   * @throws RecordException (TOO_LARGE) above the limit of topic frames
   */
  public static byte[] write(Frame frame) {
    return FORMAT.write(toWire(frame));
  }

  private static dev.catseye.schemas.wire.Frame toWire(Frame frame) {
    return new dev.catseye.schemas.wire.Frame(
        frame.id().cameraId(),
        frame.id().bootId(),
        frame.id().sequence(),
        frame.id().captureMicros(),
        dev.catseye.schemas.wire.ClockDomain.valueOf(frame.clock().name()),
        frame.width(),
        frame.height(),
        dev.catseye.schemas.wire.Encoding.valueOf(frame.encoding().wireName()),
        toWire(frame.content()),
        frame.driveId(),
        frame.calibrationId().orElse(null),
        Wire.nullable(frame.egoSpeedMps()),
        new dev.catseye.schemas.wire.Crc32c(
            ByteBuffer.allocate(4).putInt(frame.checksum()).array()));
  }

  private static Frame fromWire(dev.catseye.schemas.wire.Frame wire) {
    return new Frame(
        new FrameId(wire.getCameraId(), wire.getBootId(), wire.getSequence(), wire.getCapturedAt()),
        ClockDomain.valueOf(wire.getClockDomain().name()),
        wire.getWidth(),
        wire.getHeight(),
        Encoding.ofWireName(wire.getEncoding().name()).orElseThrow(),
        content(wire.getContent()),
        ByteBuffer.wrap(wire.getChecksum().bytes()).getInt(),
        wire.getDriveId(),
        Optional.ofNullable(wire.getCalibrationId()),
        Wire.optional(wire.getEgoSpeedMps()));
  }

  private static Object toWire(Content content) {
    if (content instanceof ReferenceContent reference) {
      return new dev.catseye.schemas.wire.Reference(
          reference.uri(),
          reference.sizeBytes(),
          new dev.catseye.schemas.wire.Sha256(reference.sha256().toArray()),
          reference.expiresMicros());
    }
    return ((InlineContent) content).bytes().buffer();
  }

  private static Content content(Object wire) {
    if (wire instanceof dev.catseye.schemas.wire.Reference reference) {
      return new ReferenceContent(
          reference.getUri(),
          reference.getSize(),
          Bytes.wrap(reference.getSha256().bytes()),
          reference.getExpiresAt());
    }
    return new InlineContent(Bytes.wrap((ByteBuffer) wire));
  }
}
