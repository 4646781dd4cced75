package dev.catseye.detect;

import dev.catseye.image.RgbPlane;

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
}
