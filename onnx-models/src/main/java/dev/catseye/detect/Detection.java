package dev.catseye.detect;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Plane;
import java.util.Map;
import java.util.Optional;

/**
 * What was found in one frame. All maps cover the whole frame; two of them may differ in size.
 *
 * @param anomaly anomaly map per plan asked for: trunc(255 score), score 0 to 1
 * @param classMap index of the most likely class per pixel of the main plan's anomaly map, where
 *     that plan has one
 * @param extras the further maps and pictures that were asked for, by tensor name: bytes, finite
 *     floats, or RGB
 * @param inferMicros time the runtime took for the run this frame was in, microseconds
 */
public record Detection(
    Map<String, BytePlane> anomaly,
    Optional<BytePlane> classMap,
    Map<String, Plane> extras,
    long inferMicros) {
  /** Copies the maps. */
  public Detection {
    anomaly = Map.copyOf(anomaly);
    extras = Map.copyOf(extras);
  }
}
