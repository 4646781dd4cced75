package dev.catseye.chaos;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * A fault that was done; whether it bit is found out when the run had time to answer.
 *
 * @param fault as planned
 * @param subject whom it was done to
 * @param fromMillis when it began, since 1970-01-01 UTC
 * @param toMillis when it was over
 * @param partitions finds out which partitions of topic frames it was about: those whose answers
 *     tell the recovery
 * @param bite finds out whether it bit
 */
record Inflicted(
    Fault fault,
    String subject,
    long fromMillis,
    long toMillis,
    Supplier<List<Integer>> partitions,
    Supplier<Bite> bite) {

  /**
   * Whether a fault did what it was to do.
   *
   * @param bit whether it did
   * @param evidence how that is known, or what was missing
   */
  record Bite(boolean bit, String evidence) {
    /** A bite if all of these conditions held; the evidence in any case. */
    static Bite when(boolean held, String evidence) {
      return new Bite(held, evidence);
    }
  }

  /** What came of it, as far as is known now. */
  Trial judged(Transcript transcript) {
    Bite found = bite.get();
    return new Trial(this, found.bit(), found.evidence(), recovery(transcript, partitions.get()));
  }

  private OptionalLong recovery(Transcript transcript, Collection<Integer> about) {
    if (about.isEmpty()) {
      return OptionalLong.empty();
    }
    // What a killed process said in its last moment is no recovery.
    long since = fault.kind() == FaultKind.KILL ? toMillis : fromMillis;
    OptionalLong more = transcript.untilAnswered(about, since);
    return more.isPresent()
        ? OptionalLong.of(since - fromMillis + more.getAsLong())
        : OptionalLong.empty();
  }
}
