package dev.catseye.verify;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * C4: no health record claims sight when the judge's own records count no DETECTED frame for longer
 * than max(500 ms, 5 periods) and 250 ms; OK is told only after 10 DETECTED frames.
 *
 * <p>Times are the judge's (decided_at): clocks of different machines are not compared. The period
 * is the largest median of nine steps of capture time, so that the bound is never shorter than the
 * service's own.
 */
final class SightCheck implements Check {
  private static final long LEAST_MICROS = 500_000;
  private static final long GRACE_MICROS = 250_000;
  private static final int PERIODS = 5;
  private static final int GOOD_FRAMES = 10;

  private final Optional<Duration> framePeriod;

  /**
   * @param framePeriod time between two frames as stated; empty to measure it
   */
  SightCheck(Optional<Duration> framePeriod) {
    this.framePeriod = framePeriod;
  }

  @Override
  public void judge(History history, Findings findings) {
    boolean complete =
        history.complete(history.topics().health())
            && history.soundHealth().size() == history.health().size();
    Map<String, Long> periods = periods(history);
    Map<String, Camera> cameras = new HashMap<>();
    for (SeenHealth record : history.soundHealth()) {
      findings.checked(Promise.C4, 1);
      SeenHealth.Facts health = record.sound().orElseThrow();
      Camera camera = cameras.computeIfAbsent(health.camera(), name -> new Camera(complete));
      long period =
          framePeriod
              .map(stated -> stated.toNanos() / 1000)
              .orElse(periods.getOrDefault(health.camera(), 0L));
      long bound = Math.max(LEAST_MICROS, PERIODS * period);
      camera.judge(record.place(), health, bound + GRACE_MICROS, findings);
    }
  }

  /** What is known of one camera between two records. */
  private static final class Camera {
    private boolean startsKnown;
    private long detected; // since it was last told to see nothing
    private long latest = Long.MIN_VALUE; // record that counts a DETECTED frame, or the first
    private boolean ok;

    Camera(boolean fromTheStart) {
      startsKnown = fromTheStart;
    }

    void judge(Place place, SeenHealth.Facts health, long bound, Findings findings) {
      detected += health.counts().detected();
      if (health.counts().detected() > 0 || latest == Long.MIN_VALUE) {
        latest = health.decided();
      }
      long silence = health.decided() - latest;
      if (!health.blind() && silence > bound) {
        findings.violation(
            Promise.C4,
            place,
            "%s of camera %s, but no frame was detected for %d ms, at most %d"
                .formatted(health.state(), health.camera(), silence / 1000, bound / 1000));
      } else if (health.ok() && !ok && startsKnown && detected < GOOD_FRAMES) {
        findings.violation(
            Promise.C4,
            place,
            "OK of camera %s after %d good frames, 10 are needed"
                .formatted(health.camera(), detected));
      }
      if (health.seesNothing()) {
        startsKnown = true;
        detected = 0;
      }
      ok = health.ok();
    }
  }

  private static Map<String, Long> periods(History history) {
    Map<String, FrameStep> steps = new HashMap<>();
    for (SeenMask mask : history.masks()) {
      mask.sound()
          .filter(SeenMask.Facts::detected)
          .flatMap(SeenMask.Facts::identity)
          .ifPresent(
              frame -> steps.computeIfAbsent(frame.camera(), camera -> new FrameStep()).add(frame));
    }
    Map<String, Long> periods = new HashMap<>();
    steps.forEach((camera, step) -> periods.put(camera, step.longest()));
    return periods;
  }
}
