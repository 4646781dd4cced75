package dev.catseye.detect;

import java.util.Map;

/**
 * What a stage gave.
 *
 * @param outputs by tensor name
 * @param micros time that the runtime took, microseconds; without bringing values in and out
 */
public record StageResult(Map<String, HostTensor> outputs, long micros) {
  /** Copies the map. */
  public StageResult {
    outputs = Map.copyOf(outputs);
  }
}
