package dev.catseye.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How frames are put together into runs. Immutable.
 *
 * @param maxFrames most frames of one run, at least 1
 * @param maxWait time that a frame may wait for others that are on their way, 0 or more
 * @param maxRun time that one run may take before it is ended, above 0
 */
public record LaneConfig(int maxFrames, Duration maxWait, Duration maxRun) {
  /** Checks the ranges. */
  public LaneConfig {
    if (maxFrames < 1) {
      throw new IllegalArgumentException("maxFrames " + maxFrames + " below 1");
    }
    if (maxWait.isNegative()) {
      throw new IllegalArgumentException("maxWait " + maxWait + " below 0");
    }
    if (maxRun.isNegative() || maxRun.isZero()) {
      throw new IllegalArgumentException("maxRun " + maxRun + " not above 0");
    }
  }

  /**
   * Numbers of frames that a run may have: the powers of two below {@code maxFrames}, and {@code
   * maxFrames}. Few, because ONNX Runtime lays out its memory anew for every shape that it meets,
   * and with CUDA looks for the best algorithm of each convolution, which takes 0.3 to 1.3 s.
   * Source: onnxruntime#6978, PaddleX#5057.
   *
   * @return ascending, the first is 1
   */
  public List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (int size = 1; size < maxFrames; size *= 2) {
      sizes.add(size);
    }
    sizes.add(maxFrames);
    return sizes;
  }

  /** The largest size that {@code frames} frames, 1 or more, fill without padding. */
  int sizeFor(int frames) {
    int fitting = 1;
    for (int size : sizes()) {
      fitting = size <= frames ? size : fitting;
    }
    return fitting;
  }
}
