package dev.catseye.verify;

import java.time.Duration;
import java.util.Optional;

/**
 * When regions become alarms, and when alarms end; the settings of {@code schemas/RULES.md}.
 * Immutable.
 *
 * @param frozenMatters whether a picture of the bytes of the one before shows nothing
 * @param minBrightness least mean luma of a picture that shows something, 0 to 255
 * @param minContrast least standard deviation of its luma, 0 to 255
 * @param threshold peak from which a region raises; empty for the operating point of its mask
 * @param minAreaPx smallest region that raises, camera pixels
 * @param minDrivable least drivable share of its surroundings, where known
 * @param keep share of both that keeps an open alarm
 * @param rois where regions count
 * @param hits k of k-of-n
 * @param frames n of k-of-n, at most 64
 * @param window longest capture time between the first and the last of these frames
 * @param overlap least intersection over union of the boxes of one track
 * @param holdOff least capture time between the last sighting and CLEARED
 * @param update capture time between two UPDATED
 * @param contact time to contact from which an alarm in the way is HIGH
 */
record AlarmRule(
    boolean frozenMatters,
    float minBrightness,
    float minContrast,
    Optional<Float> threshold,
    int minAreaPx,
    float minDrivable,
    float keep,
    RoadParts rois,
    int hits,
    int frames,
    Duration window,
    float overlap,
    Duration holdOff,
    Duration update,
    Duration contact) {

  static AlarmRule of(ServiceSettings settings) {
    return new AlarmRule(
        settings.flag("sight.frozen-matters", true),
        settings.real("sight.min-brightness", 4),
        settings.real("sight.min-contrast", 3),
        settings.optionalReal("alarm.threshold"),
        settings.whole("alarm.min-area-px", 64),
        settings.real("alarm.min-drivable", 0.5f),
        settings.real("alarm.keep", 0.5f),
        RoadParts.of(settings),
        settings.whole("alarm.hits", 4),
        settings.whole("alarm.frames", 5),
        settings.duration("alarm.window", Duration.ofSeconds(5)),
        settings.real("alarm.overlap", 0.1f),
        settings.duration("alarm.hold-off", Duration.ofSeconds(1)),
        settings.duration("alarm.update", Duration.ofSeconds(1)),
        settings.duration("alarm.contact", Duration.ofSeconds(3)));
  }

  /** Whether the region counts towards raising an alarm. */
  boolean raises(SeenMask.Region region, SeenMask.Facts mask) {
    double least =
        threshold.map(Float::doubleValue).orElseGet(() -> mask.maker().threshold().orElse(1));
    return region.peak() >= least && counts(region, mask, 1);
  }

  /** Whether the region keeps an open alarm. */
  boolean keeps(SeenMask.Region region, SeenMask.Facts mask) {
    return counts(region, mask, keep);
  }

  private boolean counts(SeenMask.Region region, SeenMask.Facts mask, float share) {
    return region.areaPx() >= share * minAreaPx
        && region.drivable().orElse(1) >= share * minDrivable
        && rois.hold(mask.camera(), region, mask.frameWidth(), mask.frameHeight());
  }
}
