package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One picture of one camera.
 *
 * @param id identity of the picture
 * @param clock clock that the capture time was read from
 * @param width width in pixels as declared by the sender, 1 to 65535
 * @param height height in pixels as declared by the sender, 1 to 65535
 * @param encoding encoding as declared by the sender
 * @param content payload or a reference to it
 * @param checksum CRC-32C over identity, encoding and payload, see {@link FrameChecksum}; it is
 *     data here and may be wrong: ask {@link #checksumHolds()}
 * @param driveId drive, up to 200 characters; empty when unknown
 * @param calibrationId camera calibration in force
 * @param egoSpeedMps speed of the vehicle in metres per second, -200 to 200
 */
public record Frame(
    FrameId id,
    ClockDomain clock,
    int width,
    int height,
    Encoding encoding,
    Content content,
    int checksum,
    String driveId,
    Optional<String> calibrationId,
    OptionalDouble egoSpeedMps) {

  /** Widest and highest picture in pixels: what a JPEG header can say. */
  public static final int MAX_SIDE = 65_535;

  public Frame {
    requireNonNull(id, "id");
    requireNonNull(clock, "clock");
    Checks.within(width, 1, MAX_SIDE, "frame width");
    Checks.within(height, 1, MAX_SIDE, "frame height");
    requireNonNull(encoding, "encoding");
    requireNonNull(content, "content");
    Checks.idOrEmpty(driveId, "drive id");
    calibrationId.ifPresent(text -> Checks.id(text, "calibration id"));
    egoSpeedMps.ifPresent(speed -> Checks.within(speed, -200, 200, "ego speed"));
  }

  /** A frame whose checksum is computed here. */
  public static Frame sealed(
      FrameId id,
      ClockDomain clock,
      int width,
      int height,
      Encoding encoding,
      Content content,
      String driveId,
      Optional<String> calibrationId,
      OptionalDouble egoSpeedMps) {
    int checksum = FrameChecksum.of(id, encoding, content);
    return new Frame(
        id, clock, width, height, encoding, content, checksum, driveId, calibrationId, egoSpeedMps);
  }

  /** True when identity, encoding and payload are those that the sender sealed. */
  public boolean checksumHolds() {
    return checksum == FrameChecksum.of(id, encoding, content);
  }
}
