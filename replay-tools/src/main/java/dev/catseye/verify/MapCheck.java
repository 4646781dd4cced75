package dev.catseye.verify;

/** M2: regions and summary of each DETECTED mask are those of its score map. */
final class MapCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.masks()) {
      if (mask.sound().isPresent() && !findings.isBlamed(mask.place())) {
        findings.checked(Promise.M2, mask.sound().get().detected() ? 1 : 0);
        mask.contradiction().ifPresent(text -> findings.violation(Promise.M2, mask.place(), text));
      }
    }
  }
}
