package dev.catseye.stills;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Format;
import dev.catseye.image.RgbPlane;
import dev.catseye.region.Region;
import java.nio.file.Path;
import java.util.List;

/**
 * One picture and what was found in it.
 *
 * @param picture the file, as it was named
 * @param format told from its bytes
 * @param frame its pixels
 * @param scores anomaly map over the whole frame at the plan's working size, trunc(255 score)
 * @param regions what hangs together above the threshold, worst first
 */
public record Still(
    Path picture, Format format, RgbPlane frame, BytePlane scores, List<Region> regions) {
  /** Copies the list. */
  public Still {
    regions = List.copyOf(regions);
  }

  /** Highest score of a pixel, 0 to 1. */
  public float maxScore() {
    int[] histogram = scores.histogram();
    int highest = 255;
    while (histogram[highest] == 0) {
      highest--;
    }
    return highest / 255f;
  }

  /** Mean score of all pixels, 0 to 1. */
  public double meanScore() {
    int[] histogram = scores.histogram();
    double sum = 0;
    for (int value = 0; value < histogram.length; value++) {
      sum += (double) value * histogram[value];
    }
    return sum / 255 / scores.size();
  }

  /** Share of the pixels whose byte is at least {@code thresholdByte}, 0 to 1. */
  public double fractionAbove(int thresholdByte) {
    int[] histogram = scores.histogram();
    long above = 0;
    for (int value = thresholdByte; value < histogram.length; value++) {
      above += histogram[value];
    }
    return (double) above / scores.size();
  }
}
