package dev.catseye.verify;

import dev.catseye.verify.wire.WireRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which picture of which camera; equal fields, equal frame.
 *
 * @param captured capture time in microseconds of the frame's clock
 */
record Identity(String camera, String boot, long sequence, long captured) {
  private static final Set<String> NAMES =
      Set.of("camera_id", "boot_id", "sequence", "captured_at");

  static Identity of(WireRecord record) {
    return new Identity(
        record.text("camera_id"),
        record.text("boot_id"),
        record.number("sequence"),
        record.number("captured_at"));
  }

  /** The same with texts out of a pool. */
  Identity shared(Pool pool) {
    return new Identity(pool.of(camera), pool.of(boot), sequence, captured);
  }

  /** What the headers of a frame say; empty when one is missing or is no number. */
  static Optional<Identity> announced(Map<String, String> headers) {
    if (!headers.keySet().containsAll(NAMES)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Identity(
              headers.get("camera_id"),
              headers.get("boot_id"),
              Long.parseLong(headers.get("sequence")),
              Long.parseLong(headers.get("captured_at"))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "%s/%s/%d captured %d".formatted(camera, boot, sequence, captured);
  }
}
