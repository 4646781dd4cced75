package dev.catseye.traffic;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.InlineContent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One camera: counts its frames and reads its clock. Used by one thread. */
public final class CameraLine {
  private static final int REMEMBERED = 4; // frames that may be sent again

  private final String id;
  private final int partition;
  private final String boot;
  private final Deque<Frame> latest = new ArrayDeque<>();
  private long sequence;
  private long shiftMicros;

  /**
   * @param partition of topic frames that holds its frames
   * @param boot run of the camera's process
   */
  CameraLine(String id, int partition, String boot) {
    this.id = id;
    this.partition = partition;
    this.boot = boot;
  }

  public String id() {
    return id;
  }

  int partition() {
    return partition;
  }

  /** Sets how far its clock is off from now on, microseconds. */
  public void shiftClock(long micros) {
    shiftMicros = micros;
  }

  /** The next frame, captured now by its clock. */
  public Frame next(Picture picture) {
    Frame frame = frame(picture, picture.width());
    latest.addLast(frame);
    if (latest.size() > REMEMBERED) {
      latest.removeFirst();
    }
    return frame;
  }

  /** The next frame, sealed like any other, of a picture whose width it gets wrong. */
  public Frame nextThatLies(Picture picture) {
    return frame(picture, picture.width() - 1);
  }

  private Frame frame(Picture picture, int width) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + shiftMicros;
    return Frame.sealed(
        new FrameId(id, boot, sequence++, now),
        ClockDomain.UTC,
        width,
        picture.height(),
        picture.encoding(),
        new InlineContent(picture.payload()),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** The frames sent last, oldest first. */
  public List<Frame> latest() {
    return List.copyOf(latest);
  }
}
