package dev.catseye.detect;

import dev.catseye.image.RgbPlane;
import java.time.Duration;

/** Scores every pixel of a frame. The seam at which tests put a lambda. */
@FunctionalInterface
public interface AnomalyDetector {
  /**
   * Scores one frame.
   *
   * @param frame of any size
   * @return maps over the whole frame, at the sizes that their plans have
   * @throws InferenceException if the runtime fails or the network's answer is not finite
   */
  Detection detect(RgbPlane frame);

  /**
   * Scores one frame, perhaps in one run with frames of other threads.
   *
   * @param frame of any size
   * @param patience time that it may wait for others; zero or less when it is late already
   * @return as {@link #detect(RgbPlane)}
   * @throws InferenceException as {@link #detect(RgbPlane)}
   */
  default Detection detect(RgbPlane frame, Duration patience) {
    return detect(frame);
  }

  /** Says that the calling thread makes a frame ready, for which others may wait. */
  default void announce() {}

  /** Says that the calling thread has no frame after all. */
  default void renounce() {}
}
