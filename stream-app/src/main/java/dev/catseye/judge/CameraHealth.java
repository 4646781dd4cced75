package dev.catseye.judge;

import dev.catseye.metrics.RecentAges;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.OutcomeCounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Judges one camera by the wall clock. It is BLIND when no fresh picture was DETECTED for max(500
 * ms, 5 frame periods), and OK again after 10 good frames in a row; DEGRADED instead while its
 * masks are computed on the CPU in the place of a configured accelerator. Times are microseconds
 * since 1970-01-01 UTC as the judge's clock has them. Used by one thread.
 */
final class CameraHealth {
  /** Good frames in a row that make a camera OK. */
  static final int GOOD_FRAMES = 10;

  private static final long LEAST_SILENCE_MICROS = 500_000;
  private static final int PERIODS_OF_SILENCE = 5;

  HealthState state = HealthState.STARTING;
  List<HealthReason> reasons = List.of(HealthReason.NOT_SEEN);
  long judged;
  Optional<FrameId> newest = Optional.empty();
  final FramePeriod period = new FramePeriod();
  final RecentAges ages = new RecentAges();
  OutcomeCounts counts = OutcomeCounts.NONE;
  long lastFreshMicros; // of the first mask, while there was no fresh picture
  int goodFrames; // in a row, counted to GOOD_FRAMES
  Optional<HealthReason> hindrance = Optional.empty(); // what broke the row last
  Optional<HealthReason> sinceFresh = Optional.empty(); // what came instead of fresh pictures
  long sinceFreshMicros; // when it came last
  long lastOffset; // in topic frames, of the newest mask
  long publishedMicros;
  String provider = "";
  String bundleDigest = "";

  /** The health of a camera whose first mask comes now. */
  CameraHealth(long nowMicros) {
    lastFreshMicros = nowMicros;
  }

  /**
   * Takes in one mask of the camera.
   *
   * @param sight what the picture is worth, if the mask is DETECTED
   * @param crowded whether it shows more than can be followed
   */
  void add(Mask mask, Sight sight, boolean crowded, HealthConfig config, long nowMicros) {
    count(mask);
    switch (mask.outcome()) {
      case DETECTED -> {
        addDetected(mask);
        switch (sight) {
          case FRESH -> addFresh(mask, crowded, config, nowMicros);
          case FROZEN -> insteadOfFresh(HealthReason.FROZEN, nowMicros);
          case DARK -> insteadOfFresh(HealthReason.DARK, nowMicros);
        }
      }
      case REJECTED -> {
        insteadOfFresh(HealthReason.REJECTED, nowMicros);
        breakRow(HealthReason.REJECTED);
      }
      case SHED -> insteadOfFresh(HealthReason.SHED, nowMicros);
      case DUPLICATE, LATE -> {} // an old frame says nothing about the camera now
    }
  }

  /** Takes in a mask that says nothing of what the camera sees now; it only counts. */
  void count(Mask mask) {
    judged++;
    counts = counts.plus(mask.outcome());
    lastOffset = mask.origin().offset();
    provider = mask.provider();
    bundleDigest = mask.bundleDigest();
  }

  private void addDetected(Mask mask) {
    FrameId frame = mask.frame().orElseThrow();
    period.add(newest, frame);
    ages.add(mask.processedMicros() - frame.captureMicros());
    newest = mask.frame();
  }

  private void addFresh(Mask mask, boolean crowded, HealthConfig config, long nowMicros) {
    lastFreshMicros = nowMicros;
    sinceFresh = Optional.empty();
    if (mask.overdue() && config.overdueMatters()) {
      breakRow(HealthReason.OVERDUE);
    } else if (crowded) {
      breakRow(HealthReason.CROWDED);
    } else {
      goodFrames = Math.min(goodFrames + 1, GOOD_FRAMES);
    }
  }

  private void insteadOfFresh(HealthReason reason, long nowMicros) {
    sinceFresh = Optional.of(reason);
    sinceFreshMicros = nowMicros;
  }

  private void breakRow(HealthReason reason) {
    goodFrames = 0;
    hindrance = Optional.of(reason);
  }

  /**
   * Judges the state at {@code nowMicros}.
   *
   * @param framesWait whether frames wait on the camera's partition; asked when it is blind
   * @return whether state or reasons changed
   */
  boolean judge(HealthConfig config, long nowMicros, BooleanSupplier framesWait) {
    HealthState before = state;
    List<HealthReason> reasonsBefore = reasons;
    if (seesNothing(config, nowMicros)) {
      goodFrames = 0;
      state = HealthState.BLIND;
      reasons =
          List.of(
              sinceFresh
                  .filter(reason -> nowMicros - sinceFreshMicros <= boundMicros(config))
                  .orElseGet(
                      () ->
                          framesWait.getAsBoolean() ? HealthReason.STALLED : HealthReason.SILENT));
    } else if (goodFrames == GOOD_FRAMES) {
      boolean elsewhere = isElsewhere(config);
      state = elsewhere ? HealthState.DEGRADED : HealthState.OK;
      reasons = elsewhere ? List.of(HealthReason.ACCELERATOR) : List.of();
    } else if (state == HealthState.OK || state == HealthState.DEGRADED) {
      state = HealthState.DEGRADED;
      reasons = List.of(hindrance.orElseThrow());
    } else {
      reasons = List.of(newest.isEmpty() ? HealthReason.NOT_SEEN : HealthReason.RECOVERING);
    }
    return state != before || !reasons.equals(reasonsBefore);
  }

  /** Whether the newest mask was computed on the CPU though an accelerator is configured. */
  private boolean isElsewhere(HealthConfig config) {
    return config.accelerated() && provider.equals("CPU");
  }

  /** Silence after which the camera is BLIND, in microseconds. */
  long boundMicros(HealthConfig config) {
    long periodMicros = config.framePeriod().map(CameraHealth::toMicros).orElseGet(period::micros);
    return Math.max(LEAST_SILENCE_MICROS, PERIODS_OF_SILENCE * periodMicros);
  }

  /** Whether there was no fresh picture for too long; a camera that recovers sees again. */
  boolean seesNothing(HealthConfig config, long nowMicros) {
    return nowMicros - lastFreshMicros > boundMicros(config);
  }

  /** Whether the next record is due although nothing changed. */
  boolean isDue(HealthConfig config, long nowMicros) {
    return nowMicros - publishedMicros >= toMicros(config.period());
  }

  /** Whether the camera has been silent for so long that it is to be forgotten. */
  boolean isForgotten(HealthConfig config, long nowMicros) {
    return nowMicros - lastFreshMicros > toMicros(config.forgetAfter());
  }

  /** The record of this moment; what it counts since the previous one begins anew. */
  Health publish(String cameraId, long nowMicros, String instanceId) {
    Health health =
        new Health(
            cameraId,
            state,
            reasons,
            judged,
            newest,
            ages.summary(),
            counts,
            provider,
            bundleDigest,
            nowMicros,
            instanceId);
    counts = OutcomeCounts.NONE;
    ages.clear();
    publishedMicros = nowMicros;
    return health;
  }

  private static long toMicros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
