package dev.catseye.app;

import dev.catseye.config.Settings;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.LaneConfig;
import dev.catseye.detect.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How frames are computed. Immutable.
 *
 * @param threads threads that compute one run
 * @param batch most frames of one run, 1 or more
 * @param batchWait time that a frame waits for others that are on their way
 * @param provider where to compute
 * @param allowCpu whether to fall back to the CPU
 */
record InferenceConfig(
    int threads, int batch, Duration batchWait, Provider provider, boolean allowCpu) {
  private static final int MOST_BY_DEFAULT = 8; // activations of a run take memory per frame

  /**
   * Reads the settings of inference.
   *
   * @param streamThreads threads that hand in frames
   * @param cores processors of this machine
   */
  static InferenceConfig from(Settings settings, Profile profile, int streamThreads, int cores) {
    int batch =
        settings
            .integer(
                "inference.batch",
                Math.min(MOST_BY_DEFAULT, profile.batch(streamThreads)),
                "most frames of one run of the network, from as many stream threads")
            .byDefault("in live `stream.threads`, in ledger half of them; 8 at most")
            .between(1, 64);
    if (batch > streamThreads) {
      settings.problem(
          "inference.batch = %d: stream.threads = %d hand in no more than %d frames at once"
              .formatted(batch, streamThreads, streamThreads));
    }
    int decoding = Math.max(0, streamThreads - batch); // while a full batch is computed
    int threads =
        settings
            .integer(
                "inference.threads",
                Math.max(1, cores - decoding),
                "threads that compute one run; the stream threads of a full batch wait for them")
            .byDefault("the cores that are left by the stream threads beyond `inference.batch`")
            .between(1, 256);
    if (decoding + threads > cores) {
      settings.problem(
          ("stream.threads = %d, inference.batch = %d and inference.threads = %d: %d threads decode"
                  + " while %d compute, more than the %d cores here")
              .formatted(streamThreads, batch, threads, decoding, threads, cores));
    }
    return new InferenceConfig(
        threads,
        batch,
        settings
            .duration(
                "inference.wait",
                profile.batchWait(),
                "time that a frame waits for others that are being decoded or were in the last run;"
                    + " none waits beyond its budget")
            .byDefault("20 ms in live, 100 ms in ledger")
            .between(Duration.ZERO, Duration.ofSeconds(1)),
        settings.choice("provider", Provider.CPU, "where to compute").any(),
        settings
            .flag("allow-cpu", false, "fall back to the CPU when the provider is absent")
            .any());
  }

  /**
   * How the detector is opened.
   *
   * @param outputs tensor names of further maps to give for every frame
   */
  DetectorConfig detector(String plan, Set<String> outputs) {
    return new DetectorConfig(provider, allowCpu, threads, List.of(plan), outputs);
  }

  /**
   * How frames are put together into runs.
   *
   * @param takesBatches whether a run may have more than one frame
   * @param maxRun time that a run may take
   */
  LaneConfig lane(boolean takesBatches, Duration maxRun) {
    return new LaneConfig(takesBatches ? batch : 1, batchWait, maxRun);
  }
}
