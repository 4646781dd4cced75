package dev.catseye.judge;

import dev.catseye.config.Settings;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Region;
import java.util.Optional;

/**
 * Which regions of a mask are evidence of a thing in the way. Immutable.
 *
 * @param threshold peak score from which a region counts towards raising, 0 to 1; empty for the
 *     operating point named by each mask
 * @param minAreaPx smallest region that counts, pixels of the camera frame
 * @param minDrivable least share of its surroundings that is drivable, 0 to 1; a region whose
 *     surroundings are unknown counts
 * @param keep share of {@code minAreaPx} and {@code minDrivable} that keeps an open alarm, 0 to 1
 * @param rois where regions count
 */
public record EvidenceConfig(
    Optional<Float> threshold, int minAreaPx, float minDrivable, float keep, Rois rois) {

  /** Reads the settings below {@code alarm.} that concern single regions. */
  static EvidenceConfig from(Settings settings) {
    return new EvidenceConfig(
        settings
            .real("alarm.threshold", "peak score from which a region counts towards raising")
            .byDefault("the operating point")
            .betweenOrAbsent(0f, 1f),
        settings
            .integer("alarm.min-area-px", 64, "smallest region, pixels of the camera frame")
            .between(1, 10_000_000),
        settings
            .real(
                "alarm.min-drivable",
                0.5f,
                "least share of a region's surroundings that is drivable, where that is known")
            .between(0f, 1f),
        settings
            .real(
                "alarm.keep",
                0.5f,
                "share of `alarm.min-area-px` and `alarm.min-drivable` that keeps an open alarm")
            .between(0f, 1f),
        Rois.from(settings));
  }

  /** Whether the region counts towards raising an alarm. */
  boolean raises(Region region, Mask mask) {
    float least = threshold.orElse(mask.summary().orElseThrow().threshold());
    return region.peakScore() >= least && counts(region, mask, 1);
  }

  /** Whether the region keeps an open alarm: less than what raises one will do. */
  boolean keeps(Region region, Mask mask) {
    return counts(region, mask, keep);
  }

  private boolean counts(Region region, Mask mask, float share) {
    return region.areaPx() >= share * minAreaPx
        && region.drivableFraction().orElse(1) >= share * minDrivable
        && rois.of(mask.frame().orElseThrow().cameraId())
            .holds(region.box(), mask.frameWidth().orElseThrow(), mask.frameHeight().orElseThrow());
  }
}
