package dev.catseye.verify;

import dev.catseye.verify.wire.WireRecord;

/**
 * Which picture of which camera; equal fields, equal frame.
 *
 * @param captured capture time in microseconds of the frame's clock
 */
record Identity(String camera, String boot, long sequence, long captured) {

  static Identity of(WireRecord record) {
    return new Identity(
        record.text("camera_id"),
        record.text("boot_id"),
        record.number("sequence"),
        record.number("captured_at"));
  }

  @Override
  public String toString() {
    return "%s/%s/%d captured %d".formatted(camera, boot, sequence, captured);
  }
}
