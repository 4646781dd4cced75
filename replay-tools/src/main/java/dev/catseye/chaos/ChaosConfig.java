package dev.catseye.chaos;

import dev.catseye.tools.Expected;
import dev.catseye.verify.RunProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * One run of chaos.
 *
 * @param profile of the service
 * @param seed of the plan
 * @param length for how long faults are begun; empty for the eight of a short run
 * @param instances of the service, 1 to 8
 * @param brokers 1 or 3
 * @param cameras 1 to 16, each with a partition of its own
 * @param framesPerSecond of each camera, above 0
 * @param folder that receives report and logs
 */
public record ChaosConfig(
    RunProfile profile,
    long seed,
    Optional<Duration> length,
    int instances,
    int brokers,
    int cameras,
    double framesPerSecond,
    Path folder) {
  private static final int MOST_INSTANCES = 8;
  private static final int MOST_CAMERAS = 16;

  public ChaosConfig {
    Expected.that(
        length.isEmpty() || length.get().toSeconds() >= 10, "a run takes 10 seconds or more");
    Expected.that(instances >= 1 && instances <= MOST_INSTANCES, "1 to 8 instances");
    Expected.that(brokers == 1 || brokers == 3, "1 or 3 brokers");
    Expected.that(cameras >= 1 && cameras <= MOST_CAMERAS, "1 to 16 cameras");
    Expected.that(framesPerSecond > 0 && framesPerSecond <= 100, "above 0 and up to 100 frames/s");
  }

  /** Time between two frames of one camera. */
  Duration period() {
    return Duration.ofNanos((long) (1e9 / framesPerSecond));
  }

  /** What is done, in order. */
  Plan plan() {
    return length.map(time -> Plan.of(seed, time)).orElseGet(() -> Plan.brief(seed));
  }

  /** How long the answers are waited for after each fault, before the next begins all the same. */
  Duration patience() {
    return length.isPresent() ? Duration.ofSeconds(60) : Duration.ofSeconds(15);
  }

  /** The setup in one line. */
  String line() {
    return "profile %s, seed %d, %d instances, %d broker%s, %d cameras at %s frames/s each"
        .formatted(
            profile.name().toLowerCase(Locale.ROOT),
            seed,
            instances,
            brokers,
            brokers == 1 ? "" : "s",
            cameras,
            framesPerSecond);
  }
}
