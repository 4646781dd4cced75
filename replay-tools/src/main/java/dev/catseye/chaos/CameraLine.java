package dev.catseye.chaos;

import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
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
final class CameraLine {
  private static final int REMEMBERED = 4; // frames that may be sent again
  private static final String BOOT = "boot-1";

  private final String id;
  private final int partition;
  private final Deque<Frame> latest = new ArrayDeque<>();
  private long sequence;
  private long shiftMicros;

  /**
   * @param partition of topic frames that holds its frames
   */
  CameraLine(String id, int partition) {
    this.id = id;
    this.partition = partition;
  }

  String id() {
    return id;
  }

  int partition() {
    return partition;
  }

  /** Sets how far its clock is off from now on, microseconds. */
  void shiftClock(long micros) {
    shiftMicros = micros;
  }

  /** The next frame, captured now by its clock. */
  Frame next(Picture picture) {
    Frame frame = frame(picture, picture.width());
    latest.addLast(frame);
    if (latest.size() > REMEMBERED) {
      latest.removeFirst();
    }
    return frame;
  }

  /** The next frame, sealed like any other, of a picture whose width it gets wrong. */
  Frame nextThatLies(Picture picture) {
    return frame(picture, picture.width() - 1);
  }

  private Frame frame(Picture picture, int width) {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + shiftMicros;
    return Frame.sealed(
        new FrameId(id, BOOT, sequence++, now),
        ClockDomain.UTC,
        width,
        picture.height(),
        Encoding.JPEG,
        new InlineContent(picture.jpeg()),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** The frames sent last, oldest first. */
  List<Frame> latest() {
    return List.copyOf(latest);
  }
}
