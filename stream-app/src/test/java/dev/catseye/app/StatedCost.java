package dev.catseye.app;

import dev.catseye.detect.Answers;
import dev.catseye.detect.BatchDetector;
import dev.catseye.detect.Detection;
import dev.catseye.image.BytePlane;
import dev.catseye.image.RgbPlane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A detector that finds nothing and takes a stated time, as an accelerator would: it sleeps and
 * leaves the cores to others.
 *
 * @param perRun time of a run of any number of frames
 * @param perFrame time that each frame adds to it
 */
record StatedCost(Duration perRun, Duration perFrame) implements BatchDetector {
  static final String PLAN = "stand-in";

  /** Time of a run of so many frames. */
  Duration of(int frames) {
    return perRun.plus(perFrame.multipliedBy(frames));
  }

  @Override
  public boolean takesBatches() {
    return true;
  }

  @Override
  public Answers run(List<RgbPlane> frames) {
    Duration time = of(frames.size());
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Map<String, BytePlane> nothing = Map.of(PLAN, BytePlane.owning(4, 2, new byte[8]));
    return index -> new Detection(nothing, Optional.empty(), Map.of(), time.toNanos() / 1000);
  }

  /** Its runs end by themselves. */
  @Override
  public void terminate() {}
}
