package dev.catseye.verify;

import java.time.Duration;
import java.util.Optional;

/**
 * C6: a mask is marked as overdue exactly when it was decided later than the bound after the frame
 * was captured. Only a frame whose clock is UTC can be compared with the service's.
 */
final class OverdueCheck implements Check {
  private final long boundMicros;

  OverdueCheck(Duration bound) {
    this.boundMicros = bound.toNanos() / 1000;
  }

  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.agreeing()) {
      SeenMask.Facts facts = mask.sound().orElseThrow();
      SeenFrame frame = history.frames().get(facts.origin());
      if (frame != null && facts.identity().isPresent() && !findings.isBlamed(mask.place())) {
        findings.checked(Promise.C6, 1);
        boolean utc = frame.facts().map(SeenFrame.Facts::utc).orElse(false);
        fault(facts, utc).ifPresent(text -> findings.violation(Promise.C6, mask.place(), text));
      }
    }
  }

  private Optional<String> fault(SeenMask.Facts mask, boolean utc) {
    long age = mask.processed() - mask.identity().orElseThrow().captured();
    boolean late = utc && age > boundMicros;
    if (late == mask.overdue()) {
      return Optional.empty();
    }
    return Optional.of(
        utc
            ? "%d ms old, and %smarked as overdue; the bound is %d ms"
                .formatted(age / 1000, late ? "not " : "", boundMicros / 1000)
            : "marked as overdue, but the clock of its camera tells no age");
  }
}
