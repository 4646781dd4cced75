package dev.catseye.verify;

/** D2: each mask can be read and is sound. */
final class MaskSealCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.masks()) {
      findings.checked(Promise.D2, 1);
      if (!mask.faults().isEmpty()) {
        findings.violation(Promise.D2, mask.place(), String.join("; ", mask.faults()));
      }
    }
  }
}
