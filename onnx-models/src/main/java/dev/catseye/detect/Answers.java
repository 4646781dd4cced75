package dev.catseye.detect;

/** What one run answers for its frames. Thread-safe. */
@FunctionalInterface
public interface Answers {
  /**
   * The answer for one frame.
   *
   * @param index its place in the run, from 0
   * @throws InferenceException with {@code NON_FINITE} if a value of this frame is not finite;
   *     those of other frames do not matter
   */
  Detection of(int index);
}
