package dev.catseye.streambench;

import dev.catseye.tools.Expected;
import dev.catseye.verify.RunProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is measured. Immutable.
 *
 * @param profile of the service
 * @param bundle of the service
 * @param cameras 1 to 16, each with a partition of its own
 * @param batch most frames of one run where batching is on, 1 to {@code cameras}
 * @param batchings measured one after the other, each with a broker and a service of its own
 * @param load frames sent over frames that the service can do, above 0 and up to 10
 * @param length of the measurement, 2 s or more
 * @param saturated for how long capacity is measured before it, 2 s or more
 * @param logs folder that keeps the logs of broker and service; empty: they are not kept
 */
public record StreamBenchConfig(
    RunProfile profile,
    Path bundle,
    int cameras,
    int batch,
    List<Batching> batchings,
    double load,
    Duration length,
    Duration saturated,
    Optional<Path> logs) {
  private static final int MOST_CAMERAS = 16;
  private static final int MOST_LOAD = 10;
  private static final Duration LONGEST_SETTLE = Duration.ofSeconds(5);

  public StreamBenchConfig {
    batchings = List.copyOf(batchings);
    Expected.that(cameras >= 1 && cameras <= MOST_CAMERAS, "1 to 16 cameras");
    Expected.that(
        batch >= 1 && batch <= cameras, "a batch of 1 to as many frames as there are cameras");
    Expected.that(load > 0 && load <= MOST_LOAD, "a load above 0 and up to 10");
    Expected.that(length.toSeconds() >= 2, "a measurement of 2 seconds or more");
    Expected.that(saturated.toSeconds() >= 2, "2 seconds or more for the capacity");
  }

  /** How long each phase runs before it counts: 5 s, or a quarter of a short measurement. */
  Duration settle() {
    Duration quarter = length.dividedBy(4);
    return quarter.compareTo(LONGEST_SETTLE) < 0 ? quarter : LONGEST_SETTLE;
  }

  /** Name of the profile, as settings have it. */
  String profileName() {
    return profile.name().toLowerCase(Locale.ROOT);
  }
}
