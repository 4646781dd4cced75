package dev.catseye.app;

import dev.catseye.detect.ClosedBy;
import dev.catseye.detect.LaneListener;
import dev.catseye.metrics.Meters;
import java.time.Duration;
import java.util.Locale;

/** Counts what the inference lane does. Safe for several threads. */
record LaneMeters(Meters meters) implements LaneListener {
  @Override
  public void waiting(int frames) {
    meters.inferenceWaiting(frames);
  }

  @Override
  public void ran(int frames, ClosedBy why, Duration took, boolean failed) {
    meters.ran(frames, why.name().toLowerCase(Locale.ROOT), took.toNanos() / 1e9, failed);
  }
}
