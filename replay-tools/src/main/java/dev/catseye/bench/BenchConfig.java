package dev.catseye.bench;

import dev.catseye.detect.RuntimeConfig;
import java.util.Optional;

/**
 * What is timed, and how often. Immutable.
 *
 * @param runtime where and how to compute; the same for the fused graph and the stages
 * @param runs counted runs of each, at least 1
 * @param frame what is shown to the networks; empty for noise of the size that the first stage
 *     works at
 */
public record BenchConfig(RuntimeConfig runtime, int runs, Optional<BenchFrame> frame) {
  /** Checks the number of runs. */
  public BenchConfig {
    if (runs < 1) {
      throw new IllegalArgumentException("runs " + runs + " below 1");
    }
  }
}
