package dev.catseye.verify;

import java.util.HashSet;
import java.util.Set;

/** D5: trust and labels are sealed and about frames that are there. */
final class SealedCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    findings.checked(Promise.D5, history.others().size());
    if (history.others().isEmpty()) {
      return;
    }
    boolean complete = history.complete(history.topics().frames());
    Set<Identity> frames = new HashSet<>();
    history
        .frames()
        .values()
        .forEach(frame -> frame.facts().ifPresent(facts -> frames.add(facts.identity())));
    for (SeenSealed record : history.others()) {
      if (!record.faults().isEmpty()) {
        findings.violation(Promise.D5, record.place(), String.join("; ", record.faults()));
      } else if (complete && !record.frame().map(frames::contains).orElse(true)) {
        findings.violation(
            Promise.D5,
            record.place(),
            "there is no frame '%s'".formatted(record.frame().orElseThrow()));
      }
    }
  }
}
