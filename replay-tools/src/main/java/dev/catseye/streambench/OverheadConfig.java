package dev.catseye.streambench;

import dev.catseye.tools.Expected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What is measured. Immutable.
 *
 * @param bundle of the service; best one that costs next to nothing
 * @param cameras 1 to 16, each with a partition of its own
 * @param framesPerSecond of each camera while latency is measured, above 0 and up to 100
 * @param width of the frames, pixels; raw, 3 bytes per pixel
 * @param height of the frames, pixels
 * @param runs of service and client each, in turn, 1 to 100
 * @param length of each of a run's two halves: latency, then throughput; 1 s or more
 * @param judge whether the service judges, too: makes alarms and health of its masks
 * @param logs folder that keeps the logs of the processes; empty: they are not kept
 */
public record OverheadConfig(
    Path bundle,
    int cameras,
    double framesPerSecond,
    int width,
    int height,
    int runs,
    Duration length,
    boolean judge,
    Optional<Path> logs) {
  private static final Duration LONGEST_SETTLE = Duration.ofSeconds(2);
  private static final int MOST_BYTES = 7 << 20;

  public OverheadConfig {
    Expected.that(cameras >= 1 && cameras <= 16, "1 to 16 cameras");
    Expected.that(framesPerSecond > 0 && framesPerSecond <= 100, "above 0 and up to 100 frames/s");
    Expected.that(width >= 1 && height >= 1, "a frame of one pixel or more");
    Expected.that(3L * width * height <= MOST_BYTES, "frames of 7 MiB at most");
    Expected.that(runs >= 1 && runs <= 100, "1 to 100 runs");
    Expected.that(length.toSeconds() >= 1, "1 second or more");
  }

  /** How long each half runs before it counts: 2 s, or a quarter of a short one. */
  Duration settle() {
    Duration quarter = length.dividedBy(4);
    return quarter.compareTo(LONGEST_SETTLE) < 0 ? quarter : LONGEST_SETTLE;
  }

  /** Payload of a frame. */
  int frameBytes() {
    return 3 * width * height;
  }
}
