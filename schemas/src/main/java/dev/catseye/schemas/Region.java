package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * A region of one frame that the networks cannot explain.
 *
 * @param box bounds in pixels of the camera frame
 * @param areaPx pixels above the operating point, scaled to camera pixels, 1 to {@code box.area()}
 * @param peakScore highest anomaly score in the region, 0 to 1
 * @param drivableFraction share of the pixels around it whose class is drivable, 0 to 1; empty
 *     without a class map
 */
public record Region(Box box, int areaPx, float peakScore, OptionalDouble drivableFraction) {
  public Region {
    requireNonNull(box, "box");
    Checks.within(areaPx, 1, box.area(), "region area");
    Checks.fraction(peakScore, "region peak score");
    drivableFraction.ifPresent(share -> Checks.fraction(share, "region drivable fraction"));
  }
}
