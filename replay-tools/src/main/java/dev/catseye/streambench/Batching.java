package dev.catseye.streambench;

import java.util.Map;

/** Whether the service may compute several frames in one run. */
public enum Batching {
  /** As many stream threads as a run may have frames. */
  ON,
  /** One stream thread, one frame per run: the service as it is without a setting. */
  OFF;

  /**
   * Stream threads of the service, and most frames of one run.
   *
   * @param batch what was asked for
   */
  int frames(int batch) {
    return this == ON ? batch : 1;
  }

  /** The settings of the service that say so, by the names of environment variables. */
  Map<String, String> settings(int batch) {
    String frames = Integer.toString(frames(batch));
    return Map.of("CATSEYE_STREAM_THREADS", frames, "CATSEYE_INFERENCE_BATCH", frames);
  }
}
