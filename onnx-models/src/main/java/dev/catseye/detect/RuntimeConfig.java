package dev.catseye.detect;

/**
 * Where and how the runtime computes. Immutable.
 *
 * @param provider where to compute
 * @param allowCpu whether to fall back to the CPU when {@code provider} cannot be had
 * @param threads threads that compute one run, at least 1
 */
public record RuntimeConfig(Provider provider, boolean allowCpu, int threads) {
  /** Checks the thread count. */
  public RuntimeConfig {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " below 1");
    }
  }

  /** The CPU and nothing else. */
  public static RuntimeConfig onCpu(int threads) {
    return new RuntimeConfig(Provider.CPU, false, threads);
  }
}
