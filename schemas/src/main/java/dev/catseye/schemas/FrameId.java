package dev.catseye.schemas;

/**
 * Identity of one camera picture.
 *
 * @param cameraId camera, 1 to 200 characters, no control characters; key of the topics
 * @param bootId run of the camera process, 1 to 200 characters, no control characters
 * @param sequence number of the picture as the sensor counts it within the boot, 0 or more
 * @param captureMicros capture time in microseconds of the frame's clock domain (UTC: since 1970),
 *     0 or more; the event time
 */
public record FrameId(String cameraId, String bootId, long sequence, long captureMicros) {
  public FrameId {
    Checks.id(cameraId, "camera id");
    Checks.id(bootId, "boot id");
    Checks.within(sequence, 0, Long.MAX_VALUE, "sequence");
    Checks.micros(captureMicros, "capture time");
  }

  /** Short name for messages: camera/boot/sequence. */
  @Override
  public String toString() {
    return cameraId + "/" + bootId + "/" + sequence;
  }
}
