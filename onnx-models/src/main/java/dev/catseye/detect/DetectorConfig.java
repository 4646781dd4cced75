package dev.catseye.detect;

import java.util.List;
import java.util.Set;

/**
 * How a detector is opened. Immutable.
 *
 * @param provider where to compute
 * @param allowCpu whether to fall back to the CPU when {@code provider} cannot be had
 * @param threads threads that compute one frame, at least 1; the detector owns them
 * @param plans names of the plans to answer for; empty means the bundle's default plan
 * @param optionalOutputs tensor names of further maps and pictures to give for every frame
 */
public record DetectorConfig(
    Provider provider,
    boolean allowCpu,
    int threads,
    List<String> plans,
    Set<String> optionalOutputs) {
  /** Checks the thread count and copies the collections. */
  public DetectorConfig {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + " below 1");
    }
    plans = List.copyOf(plans);
    optionalOutputs = Set.copyOf(optionalOutputs);
  }

  /** The default plan on the CPU. */
  public static DetectorConfig onCpu(int threads) {
    return new DetectorConfig(Provider.CPU, false, threads, List.of(), Set.of());
  }

  /** Where and how it is computed. */
  public RuntimeConfig runtime() {
    return new RuntimeConfig(provider, allowCpu, threads);
  }

  /** The same for other plans. */
  public DetectorConfig withPlans(List<String> names) {
    return new DetectorConfig(provider, allowCpu, threads, names, optionalOutputs);
  }
}
