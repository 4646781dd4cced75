package dev.catseye.verify;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * Holds the health of a camera against its masks. E2: each record counts exactly the next masks,
 * and names the newest frame, provider and bundle among them. C4: sight is claimed only while fresh
 * pictures come, OK only after ten good frames in a row, BLIND not while they come, and in time.
 *
 * <p>Times are the judge's (decided_at): clocks of different machines are not compared. A mask was
 * judged after the record before the one that counts it, and not after that one.
 */
final class HealthReplayCheck implements Check {
  private static final long LEAST_MICROS = 500_000;
  private static final long GRACE_MICROS = 250_000;
  private static final int PERIODS = 5;
  private static final int GOOD_FRAMES = 10;

  private final RunSettings settings;

  HealthReplayCheck(RunSettings settings) {
    this.settings = settings;
  }

  @Override
  public void judge(History history, Findings findings) {
    boolean whole =
        history.complete(history.topics().health())
            && history.health().stream().allMatch(record -> record.sound().isPresent());
    if (!whole) {
      return;
    }
    for (JudgedLane lane : JudgedLane.of(history, findings)) {
      boolean blamed = lane.health().stream().anyMatch(record -> findings.isBlamed(record.place()));
      if (!blamed) {
        new Camera(history, lane, findings).judge();
      }
    }
  }

  /** Walks through masks and health records side by side. */
  private final class Camera {
    private final History history;
    private final JudgedLane lane;
    private final Findings findings;
    private final CameraReplay replay = new CameraReplay(settings.alarms());
    private final Iterator<SeenMask> masks;
    private final FrameStep period = new FrameStep();
    private Optional<SeenHealth.Facts> before = Optional.empty();
    private Optional<Identity> newest = Optional.empty();
    private Optional<SeenMask.Maker> maker = Optional.empty();
    private int good; // frames in a row
    private long freshBy = Long.MIN_VALUE; // the last fresh picture was judged by then
    private long freshAfter = Long.MIN_VALUE; // and after this moment

    Camera(History history, JudgedLane lane, Findings findings) {
      this.history = history;
      this.lane = lane;
      this.findings = findings;
      this.masks = lane.masks().iterator();
    }

    void judge() {
      for (SeenHealth record : lane.health()) {
        SeenHealth.Facts health = record.sound().orElseThrow();
        Optional<String> miscount = count(health);
        if (miscount.isPresent()) {
          findings.violation(Promise.E2, record.place(), miscount.get());
          return; // which masks later records count is not known any more
        }
        sight(health).ifPresent(text -> findings.violation(Promise.C4, record.place(), text));
        good = health.seesNothing() ? 0 : good;
        before = Optional.of(health);
      }
      Optional<SeenMask> first = lane.masks().stream().findFirst();
      if (lane.health().isEmpty()) {
        first
            .map(SeenMask::place)
            .filter(place -> place.offset() < lane.settled())
            .ifPresent(
                place ->
                    findings.violation(
                        Promise.E2, place, "there is no health of camera " + lane.camera()));
      } else {
        Place last = lane.health().get(lane.health().size() - 1).place();
        ending(before.orElseThrow()).ifPresent(text -> findings.violation(Promise.C4, last, text));
      }
    }

    /** Takes in the masks that the record counts; says what it tells otherwise than they do. */
    private Optional<String> count(SeenHealth.Facts health) {
      if (before.isPresent() && health.counter() == health.counts().all() && isForgotten(health)) {
        newest = Optional.empty();
        good = 0;
      }
      SeenHealth.Counts counts = SeenHealth.Counts.NONE;
      boolean fresh = false;
      for (long left = health.counts().all(); left > 0; left--) {
        if (!masks.hasNext()) {
          return Optional.of(
              "counts %s of camera %s, more masks than there are"
                  .formatted(health.counts(), health.camera()));
        }
        SeenMask.Facts mask = masks.next().sound().orElseThrow();
        counts = counts.and(mask.outcome());
        maker = Optional.of(mask.maker());
        fresh |= take(mask);
      }
      if (fresh) {
        freshBy = health.decided();
        freshAfter =
            before
                .filter(last -> last.instance().equals(health.instance()))
                .map(SeenHealth.Facts::decided)
                .orElse(Long.MIN_VALUE);
      } else if (before.isEmpty()) {
        freshBy = health.decided(); // its first mask counts as a picture
      }
      return counts.equals(health.counts())
          ? maker.flatMap(made -> stranger(health, made))
          : Optional.of(
              "counts %s of camera %s, by the masks %s"
                  .formatted(health.counts(), health.camera(), counts));
    }

    /** A camera that was forgotten is counted anew; then its counter falls. */
    private boolean isForgotten(SeenHealth.Facts health) {
      return health.counter() < before.orElseThrow().counter();
    }

    private boolean take(SeenMask.Facts mask) {
      boolean fresh = replay.add(mask) == CameraReplay.Sight.FRESH;
      if (mask.detected() && !mask.past()) {
        period.add(mask.identity().orElseThrow());
        newest = mask.identity();
      }
      if (fresh) {
        good = mask.overdue() && settings.overdueMatters() ? 0 : good + 1;
      } else if (mask.rejected() && !mask.past()) {
        good = 0;
      }
      return fresh;
    }

    private Optional<String> stranger(SeenHealth.Facts health, SeenMask.Maker made) {
      if (!health.last().equals(newest)) {
        return Optional.of(
            "newest frame of camera %s is %s, by the masks %s"
                .formatted(health.camera(), text(health.last()), text(newest)));
      }
      boolean same =
          health.provider().equals(made.provider()) && health.bundle().equals(made.bundle());
      return same
          ? Optional.empty()
          : Optional.of(
              "provider '%s' and bundle '%s' are not those of the newest mask"
                  .formatted(health.provider(), health.bundle()));
    }

    private static String text(Optional<Identity> frame) {
      return frame.map(Identity::toString).orElse("none");
    }

    private Optional<String> sight(SeenHealth.Facts health) {
      long bound = boundMicros() + GRACE_MICROS;
      long silence = health.decided() - freshBy;
      if (health.ok() && good < GOOD_FRAMES) {
        return Optional.of(
            "OK of camera %s after %d good frames in a row, 10 are needed"
                .formatted(health.camera(), good));
      }
      if (!health.blind() && silence > bound) {
        return Optional.of(
            "%s of camera %s, but no fresh picture came for %d ms, at most %d"
                .formatted(health.state(), health.camera(), silence / 1000, bound / 1000));
      }
      boolean first =
          health.seesNothing() && !before.map(SeenHealth.Facts::seesNothing).orElse(true);
      if (first && silence > bound && wasAtWork(health, freshBy + bound)) {
        return Optional.of(
            "BLIND of camera %s %d ms after the last fresh picture, at most %d"
                .formatted(health.camera(), silence / 1000, bound / 1000));
      }
      if (health.seesNothing()
          && freshAfter != Long.MIN_VALUE
          && health.decided() - freshAfter < LEAST_MICROS) {
        return Optional.of(
            "BLIND of camera %s, but a fresh picture came less than %d ms before"
                .formatted(health.camera(), (health.decided() - freshAfter) / 1000));
      }
      return Optional.empty();
    }

    private long boundMicros() {
      long micros =
          settings
              .framePeriod()
              .map(Duration::toNanos)
              .map(nanos -> nanos / 1000)
              .orElse(period.longest());
      return Math.max(LEAST_MICROS, PERIODS * micros);
    }

    /**
     * Whether the instance spoke of something else between the moment at which it had to tell the
     * blindness and shortly before it did: it was not dead, stopped or without the broker.
     */
    private boolean wasAtWork(SeenHealth.Facts health, long dueMicros) {
      long until = health.decided() - GRACE_MICROS;
      boolean judged =
          history.soundHealth().stream()
              .map(record -> record.sound().orElseThrow())
              .filter(other -> other.instance().equals(health.instance()))
              .anyMatch(other -> other.decided() >= dueMicros && other.decided() <= until);
      return before.filter(last -> last.instance().equals(health.instance())).isPresent()
          && (judged || beats(health.instance(), dueMicros, until));
    }

    /**
     * Whether two heartbeats in that time say OK: the second means that judge advanced after the
     * first. One alone may speak of what was done before.
     */
    private boolean beats(String instance, long from, long until) {
      return history.beats().stream()
              .flatMap(beat -> beat.sound().stream())
              .filter(beat -> beat.instance().equals(instance) && beat.ok())
              .filter(beat -> beat.sent() >= from && beat.sent() <= until)
              .limit(2)
              .count()
          == 2;
    }

    /** What is wrong with the last word on the camera. */
    private Optional<String> ending(SeenHealth.Facts last) {
      long due = freshBy + boundMicros() + GRACE_MICROS;
      return !last.blind() && beats(last.instance(), due, Long.MAX_VALUE)
          ? Optional.of(
              "%s is the last word on camera %s, though its instance lived on without pictures"
                  .formatted(last.state(), last.camera()))
          : Optional.empty();
    }
  }
}
