package dev.catseye.bench;

import dev.catseye.detect.HostTensor;
import java.util.Map;

/**
 * What a run gave and took.
 *
 * @param maps by tensor name
 * @param cost of the run
 * @param stageMicros microseconds per stage, in running order; empty for the fused graph
 */
record Answer(Map<String, HostTensor> maps, Cost cost, Map<String, Long> stageMicros) {}
