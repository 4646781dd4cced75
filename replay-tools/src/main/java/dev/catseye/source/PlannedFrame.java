package dev.catseye.source;

import static java.util.Objects.requireNonNull;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.FrameId;

/**
 * A picture with its place in the stream.
 *
 * @param id identity of the frame, with the capture time as recorded
 * @param clock clock of that capture time
 * @param driveId drive that the picture belongs to
 * @param offsetMicros from the first frame of the whole replay to this one, at recorded pace; 0 or
 *     more
 * @param picture where its bytes and labels lie
 */
public record PlannedFrame(
    FrameId id, ClockDomain clock, String driveId, long offsetMicros, Picture picture) {
  public PlannedFrame {
    requireNonNull(id, "id");
    requireNonNull(clock, "clock");
    requireNonNull(driveId, "driveId");
    requireNonNull(picture, "picture");
    if (offsetMicros < 0) {
      throw new IllegalArgumentException("offset %d us below 0".formatted(offsetMicros));
    }
  }
}
