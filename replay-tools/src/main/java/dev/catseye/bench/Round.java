package dev.catseye.bench;

import java.util.Map;

/**
 * One run of each.
 *
 * @param fused what the fused graph took
 * @param chained what all stages in a row took
 * @param stageMicros time that the runtime took per stage, microseconds, in running order
 */
record Round(Cost fused, Cost chained, Map<String, Long> stageMicros) {}
