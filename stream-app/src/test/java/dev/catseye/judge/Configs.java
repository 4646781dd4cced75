package dev.catseye.judge;

import java.time.Duration;
import java.util.Optional;

/** Settings of judge for tests: three sightings in five frames raise. */
final class Configs {
  static final EvidenceConfig EVIDENCE =
      new EvidenceConfig(Optional.empty(), 64, 0.3f, 0.5f, Rois.WHOLE);

  private Configs() {}

  static AlarmConfig alarms(Duration holdOff, Duration update) {
    return alarms(EVIDENCE, holdOff, update);
  }

  static AlarmConfig alarms(EvidenceConfig evidence, Duration holdOff, Duration update) {
    return new AlarmConfig(
        new SightConfig(true, 4, 3),
        evidence,
        3,
        5,
        Duration.ofSeconds(5),
        0.1f,
        holdOff,
        update,
        Duration.ofSeconds(3));
  }
}
