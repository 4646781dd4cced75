package dev.catseye.perceive;

import java.util.Optional;

/** What admission may ask of the cameras seen before. */
interface CameraMemory {
  /** Remembers nothing and has room for every camera. */
  CameraMemory NONE =
      new CameraMemory() {
        @Override
        public Optional<SeenFrames> of(String camera) {
          return Optional.empty();
        }

        @Override
        public Optional<String> refusal(long nowMillis) {
          return Optional.empty();
        }
      };

  /** The memory of a camera; empty for one that was never seen or was forgotten. */
  Optional<SeenFrames> of(String camera);

  /**
   * Why there is no room for one more camera; empty when there is.
   *
   * @param nowMillis when its first frame was appended, milliseconds since 1970-01-01 UTC
   */
  Optional<String> refusal(long nowMillis);
}
