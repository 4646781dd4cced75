package dev.catseye.region;

import dev.catseye.image.BytePlane;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The classes just outside of a region: its 8-neighbours that are not part of it.
 *
 * <p>A neighbour above the threshold is part of the same region, so the ring is the neighbours
 * below it. Used by one thread for one map.
 */
final class Ring {
  private final int width;
  private final int height;
  private final byte[] classes;
  private final byte[] scores; // borrowed
  private final int thresholdByte;
  private final boolean[] drivable = new boolean[256];
  private final int[] counted; // per pixel the last region that counted it, from 1
  private int region;

  Ring(BytePlane classMap, byte[] scores, int thresholdByte, Set<Integer> drivable) {
    this.width = classMap.width();
    this.height = classMap.height();
    this.classes = classMap.toByteArray();
    this.scores = scores;
    this.thresholdByte = thresholdByte;
    this.counted = new int[classes.length];
    drivable.forEach(index -> this.drivable[index] = true);
  }

  /** Share of the ring's pixels whose class is drivable; empty when the region fills the map. */
  OptionalDouble drivableFraction(Component component, Runs runs) {
    region++;
    int ring = 0;
    int onDrivable = 0;
    for (int run : component.runs()) {
      int fromX = Math.max(0, runs.start(run) - 1);
      int toX = Math.min(width - 1, runs.end(run));
      int toY = Math.min(height - 1, runs.row(run) + 1);
      for (int y = Math.max(0, runs.row(run) - 1); y <= toY; y++) {
        for (int at = y * width + fromX; at <= y * width + toX; at++) {
          if ((scores[at] & 0xFF) < thresholdByte && counted[at] != region) {
            counted[at] = region;
            ring++;
            onDrivable += drivable[classes[at] & 0xFF] ? 1 : 0;
          }
        }
      }
    }
    return ring == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) onDrivable / ring);
  }
}
