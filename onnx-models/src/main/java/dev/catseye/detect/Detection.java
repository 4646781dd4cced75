package dev.catseye.detect;

import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import java.util.Map;
import java.util.Optional;

/**
 * What was found in one frame. All maps have the detector's working size and cover the whole frame.
 *
 * @param anomaly anomaly map per plan asked for: trunc(255 score), score 0 to 1
 * @param classMap index of the most likely class per pixel, where the main plan has one
 * @param extras the float maps that were asked for, by tensor name; finite
 * @param inferMicros time the runtime took for the run this frame was in, microseconds
 */
public record Detection(
    Map<String, BytePlane> anomaly,
    Optional<BytePlane> classMap,
    Map<String, FloatPlane> extras,
    long inferMicros) {
  /** Copies the maps. */
  public Detection {
    anomaly = Map.copyOf(anomaly);
    extras = Map.copyOf(extras);
  }
}
