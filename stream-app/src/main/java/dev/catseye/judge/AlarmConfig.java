package dev.catseye.judge;

import dev.catseye.config.Settings;
import java.time.Duration;
import java.util.Optional;

/**
 * Which regions become alarms, and when alarms end. Immutable; read once at start-up.
 *
 * @param threshold peak score from which a region counts towards raising, 0 to 1; empty for the
 *     operating point named by each mask
 * @param hits k of k-of-n: sightings that raise an alarm, 1 to {@code frames}
 * @param frames n of k-of-n: DETECTED frames in the window, at most 64
 * @param minAreaPx smallest region that counts, pixels of the camera frame
 * @param overlap least intersection over union of two boxes of one track, above 0
 * @param holdOff least capture time between the last sighting and CLEARED
 * @param update least capture time between two UPDATED of one alarm
 */
public record AlarmConfig(
    Optional<Float> threshold,
    int hits,
    int frames,
    int minAreaPx,
    float overlap,
    Duration holdOff,
    Duration update) {

  /** Reads the settings below {@code alarm.}. */
  public static AlarmConfig from(Settings settings) {
    AlarmConfig config =
        new AlarmConfig(
            settings
                .real("alarm.threshold", "peak score from which a region counts towards raising")
                .byDefault("the operating point")
                .betweenOrAbsent(0f, 1f),
            settings
                .integer("alarm.hits", 3, "frames with the region, of `alarm.frames`, that raise")
                .between(1, 64),
            settings.integer("alarm.frames", 5, "DETECTED frames in the window").between(1, 64),
            settings
                .integer("alarm.min-area-px", 64, "smallest region, pixels of the camera frame")
                .between(1, 10_000_000),
            settings
                .real("alarm.overlap", 0.1f, "least intersection over union of one track's boxes")
                .between(0.001f, 1f),
            settings
                .duration(
                    "alarm.hold-off",
                    Duration.ofSeconds(1),
                    "capture time without the region before CLEARED")
                .between(Duration.ZERO, Duration.ofHours(1)),
            settings
                .duration("alarm.update", Duration.ofSeconds(1), "capture time between two UPDATED")
                .between(Duration.ZERO, Duration.ofHours(1)));
    if (config.hits > config.frames) {
      settings.problem(
          "alarm.hits = " + config.hits + ": must not be above alarm.frames = " + config.frames);
    }
    return config;
  }
}
