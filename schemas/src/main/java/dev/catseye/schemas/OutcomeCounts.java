package dev.catseye.schemas;

/**
 * Frames by outcome since the previous record of the same subject, each 0 or more.
 *
 * @param detected frames with outcome DETECTED
 * @param shed frames with outcome SHED
 * @param rejected frames with outcome REJECTED
 * @param duplicate frames with outcome DUPLICATE
 * @param late frames with outcome LATE
 */
public record OutcomeCounts(long detected, long shed, long rejected, long duplicate, long late) {
  /** No frame at all. */
  public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0);

  public OutcomeCounts {
    Checks.within(detected, 0, Long.MAX_VALUE, "detected count");
    Checks.within(shed, 0, Long.MAX_VALUE, "shed count");
    Checks.within(rejected, 0, Long.MAX_VALUE, "rejected count");
    Checks.within(duplicate, 0, Long.MAX_VALUE, "duplicate count");
    Checks.within(late, 0, Long.MAX_VALUE, "late count");
  }

  /** One frame more. */
  public OutcomeCounts plus(Outcome outcome) {
    return new OutcomeCounts(
        detected + (outcome == Outcome.DETECTED ? 1 : 0),
        shed + (outcome == Outcome.SHED ? 1 : 0),
        rejected + (outcome == Outcome.REJECTED ? 1 : 0),
        duplicate + (outcome == Outcome.DUPLICATE ? 1 : 0),
        late + (outcome == Outcome.LATE ? 1 : 0));
  }
}
