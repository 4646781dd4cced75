package dev.catseye.evaluate;

import dev.catseye.schemas.FrameId;
import java.util.Comparator;

/**
 * What joins a mask with its ground truth. Not the capture time: a restamped replay changes it, and
 * Lost &amp; Found has none.
 *
 * @param camera camera of the frame
 * @param boot run of the camera process; one drive of a replay
 * @param sequence number within the boot
 */
public record FrameKey(String camera, String boot, long sequence) implements Comparable<FrameKey> {
  private static final Comparator<FrameKey> ORDER =
      Comparator.comparing(FrameKey::camera)
          .thenComparing(FrameKey::boot)
          .thenComparingLong(FrameKey::sequence);

  /** The key of a frame's identity. */
  public static FrameKey of(FrameId id) {
    return new FrameKey(id.cameraId(), id.bootId(), id.sequence());
  }

  @Override
  public int compareTo(FrameKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return camera + "/" + boot + "/" + sequence;
  }
}
