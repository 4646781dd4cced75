package dev.catseye.verify;

import java.util.Optional;

/**
 * B7: what was shed was stale, and a newer frame of its camera was there by then. Both times are
 * the broker's: the newer frame must have been appended before the outcome of the one given up for
 * it.
 */
final class ShedCheck implements Check {
  /** How far the clocks of two brokers may be apart. */
  private static final long CLOCKS_APART_MILLIS = 50;

  private final RunProfile profile;

  ShedCheck(RunProfile profile) {
    this.profile = profile;
  }

  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.agreeing()) {
      SeenMask.Facts facts = mask.sound().orElseThrow();
      boolean there = history.frames().containsKey(facts.origin()); // else premises say so
      if (facts.shed() && there) {
        findings.checked(Promise.B7, 1);
        fault(history, mask, facts)
            .ifPresent(text -> findings.violation(Promise.B7, mask.place(), text));
      }
    }
  }

  private Optional<String> fault(History history, SeenMask mask, SeenMask.Facts facts) {
    if (profile == RunProfile.LEDGER) {
      return Optional.of("SHED in profile ledger");
    }
    if (!facts.reason().equals("STALE")) {
      return Optional.of("SHED for %s, not for being STALE".formatted(facts.reason()));
    }
    Optional<SeenFrame> later = firstLater(history, facts);
    if (later.isEmpty()) {
      return Optional.of("SHED, the newest frame of its camera: " + facts.origin());
    }
    long aheadMillis = later.get().appendedMillis() - mask.appendedMillis();
    return aheadMillis <= CLOCKS_APART_MILLIS
        ? Optional.empty()
        : Optional.of(
            "SHED %d ms before a newer frame of its camera came: %s"
                .formatted(aheadMillis, later.get().place()));
  }

  /** The first frame behind the shed one that is later by its number. */
  private static Optional<SeenFrame> firstLater(History history, SeenMask.Facts facts) {
    Place origin = facts.origin();
    Identity identity = facts.identity().orElseThrow();
    Place end = new Place(origin.topic(), origin.partition(), Long.MAX_VALUE);
    return history.frames().subMap(origin, end).values().stream()
        .filter(frame -> frame.isLaterThan(identity))
        .findFirst();
  }
}
