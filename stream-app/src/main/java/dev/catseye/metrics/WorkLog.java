package dev.catseye.metrics;

import dev.catseye.schemas.FrameAge;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import java.util.Optional;

/** What this instance did, for its heartbeats. Safe for several threads. */
public final class WorkLog {
  private long settled;
  private long judged;
  private Optional<FrameId> newest = Optional.empty();
  private OutcomeCounts counts = OutcomeCounts.NONE;
  private final RecentAges ages = new RecentAges();
  private boolean crowded;

  /**
   * The work since the previous excerpt.
   *
   * @param newest newest DETECTED frame ever
   * @param ages of DETECTED frames; empty when there were none
   * @param counts frames by outcome
   * @param crowded whether masks were left unjudged because there are too many cameras
   */
  public record Excerpt(
      Optional<FrameId> newest, Optional<FrameAge> ages, OutcomeCounts counts, boolean crowded) {}

  /**
   * Perceive gave a frame its outcome.
   *
   * @param overtaken whether newer frames of its camera had theirs before
   */
  public synchronized void settled(Mask mask, boolean overtaken) {
    settled++;
    counts = counts.plus(mask.outcome());
    if (mask.outcome() == Outcome.DETECTED && !overtaken) {
      newest = mask.frame();
      ages.add(mask.processedMicros() - mask.frame().orElseThrow().captureMicros());
    }
  }

  /** Judge took in a mask. */
  public synchronized void judged() {
    judged++;
  }

  /** Judge left a mask unjudged because its camera is one too many. */
  public synchronized void refusedCamera() {
    crowded = true;
  }

  /** Frames settled by perceive so far. */
  public synchronized long settledCount() {
    return settled;
  }

  /** Masks judged so far. */
  public synchronized long judgedCount() {
    return judged;
  }

  /** What was done since the previous call. */
  public synchronized Excerpt excerpt() {
    Excerpt excerpt = new Excerpt(newest, ages.summary(), counts, crowded);
    crowded = false;
    counts = OutcomeCounts.NONE;
    ages.clear();
    return excerpt;
  }
}
