package dev.catseye.chaos;

import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;

/**
 * What became of a record on topic frames, as its committed mask says it.
 *
 * @param outcome of the record
 * @param reason of the outcome
 * @param instance that made the mask
 * @param appendedMillis when the broker appended the mask, since 1970-01-01 UTC
 * @param inferMicros how long inference took; 0 where there was none
 */
record Answer(
    Outcome outcome, Reason reason, String instance, long appendedMillis, long inferMicros) {
  /** Whether inference failed on it, or was ended. */
  boolean failedInInference() {
    return outcome == Outcome.REJECTED && reason == Reason.INFERENCE;
  }
}
