package dev.catseye.chaos;

import dev.catseye.schemas.Outcome;

/**
 * What became of a record on topic frames, as its committed mask says it.
 *
 * @param outcome of the record
 * @param instance that made the mask
 * @param appendedMillis when the broker appended the mask, since 1970-01-01 UTC
 * @param inferMicros how long inference took; 0 where there was none
 */
record Answer(Outcome outcome, String instance, long appendedMillis, long inferMicros) {}
