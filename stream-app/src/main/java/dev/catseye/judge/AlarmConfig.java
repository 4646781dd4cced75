package dev.catseye.judge;

import dev.catseye.config.Settings;
import java.time.Duration;

/**
 * When regions become alarms, and when alarms end. Immutable; read once at start-up.
 *
 * @param sight which pictures show nothing
 * @param evidence which regions count
 * @param hits k of k-of-n: sightings that raise an alarm, 1 to {@code frames}
 * @param frames n of k-of-n: judged frames in the window, at most 64
 * @param window longest capture time between the first and the last of these sightings
 * @param overlap least intersection over union of two boxes of one track, above 0
 * @param holdOff least capture time between the last sighting and CLEARED
 * @param update least capture time between two UPDATED of one alarm
 * @param contact time to contact from which an alarm in the way is severe
 */
public record AlarmConfig(
    SightConfig sight,
    EvidenceConfig evidence,
    int hits,
    int frames,
    Duration window,
    float overlap,
    Duration holdOff,
    Duration update,
    Duration contact) {

  /** Reads the settings below {@code alarm.} and {@code sight.}. */
  public static AlarmConfig from(Settings settings) {
    AlarmConfig config =
        new AlarmConfig(
            SightConfig.from(settings),
            EvidenceConfig.from(settings),
            settings
                .integer("alarm.hits", 4, "frames with the region, of `alarm.frames`, that raise")
                .between(1, 64),
            settings.integer("alarm.frames", 5, "DETECTED frames in the window").between(1, 64),
            settings
                .duration(
                    "alarm.window",
                    Duration.ofSeconds(5),
                    "longest capture time between the first and the last of these frames")
                .between(Duration.ofMillis(1), Duration.ofHours(1)),
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
                .between(Duration.ZERO, Duration.ofHours(1)),
            settings
                .duration(
                    "alarm.contact",
                    Duration.ofSeconds(3),
                    "time to contact from which an alarm in the way is HIGH")
                .between(Duration.ZERO, Duration.ofMinutes(1)));
    if (config.hits > config.frames) {
      settings.problem(
          "alarm.hits = " + config.hits + ": must not be above alarm.frames = " + config.frames);
    }
    return config;
  }
}
