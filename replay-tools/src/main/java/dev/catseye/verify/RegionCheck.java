package dev.catseye.verify;

/** M1: boxes inside the frame, areas inside the box, peaks that are scores. */
final class RegionCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    for (SeenMask mask : history.masks()) {
      mask.sound().ifPresent(facts -> judge(mask.place(), facts, findings));
    }
  }

  private static void judge(Place place, SeenMask.Facts mask, Findings findings) {
    for (SeenMask.Region region : mask.regions()) {
      findings.checked(Promise.M1, 1);
      if (!fits(region, mask)) {
        findings.violation(
            Promise.M1,
            place,
            "region %s in a frame of %dx%d"
                .formatted(region, mask.frameWidth(), mask.frameHeight()));
      }
    }
  }

  private static boolean fits(SeenMask.Region region, SeenMask.Facts mask) {
    return region.x() >= 0
        && region.y() >= 0
        && region.width() >= 1
        && region.height() >= 1
        && region.x() + region.width() <= mask.frameWidth()
        && region.y() + region.height() <= mask.frameHeight()
        && region.areaPx() >= 1
        && region.areaPx() <= region.width() * region.height()
        && region.peak() >= 0
        && region.peak() <= 1
        && region.drivable().orElse(0) >= 0
        && region.drivable().orElse(0) <= 1;
  }
}
