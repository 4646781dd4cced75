package dev.catseye.region;

import dev.catseye.image.Box;
import java.util.OptionalDouble;

/**
 * Connected pixels of a score map that lie above the threshold.
 *
 * @param box bounds in camera pixels, inside the frame
 * @param areaPx camera pixels covered, 1 to {@code box.area()}
 * @param peakScore highest anomaly score inside, 0 to 1
 * @param drivableFraction share of the ring of map pixels around the region whose class is
 *     drivable, 0 to 1; empty without a class map or without a ring
 */
public record Region(Box box, int areaPx, float peakScore, OptionalDouble drivableFraction) {
  /** Checks the ranges. */
  public Region {
    if (!(areaPx >= 1 && areaPx <= box.area())) {
      throw new IllegalArgumentException("areaPx " + areaPx + " outside [1, " + box.area() + "]");
    }
    if (!(peakScore >= 0 && peakScore <= 1)) {
      throw new IllegalArgumentException("peakScore " + peakScore + " outside [0, 1]");
    }
    double drivable = drivableFraction.orElse(0);
    if (!(drivable >= 0 && drivable <= 1)) {
      throw new IllegalArgumentException("drivableFraction " + drivable + " outside [0, 1]");
    }
  }
}
