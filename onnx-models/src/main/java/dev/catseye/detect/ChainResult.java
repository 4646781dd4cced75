package dev.catseye.detect;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a chain of stages gave.
 *
 * @param outputs by tensor name
 * @param stageMicros time that the runtime took per stage, microseconds, in running order
 * @param micros time from frames on the heap to outputs on the heap, microseconds
 */
public record ChainResult(
    Map<String, HostTensor> outputs, Map<String, Long> stageMicros, long micros) {
  /** Copies the maps; the order of the stages is kept. */
  public ChainResult {
    outputs = Map.copyOf(outputs);
    stageMicros = Collections.unmodifiableMap(new LinkedHashMap<>(stageMicros));
  }
}
