package dev.catseye.streambench;

import java.util.ArrayList;
import java.util.List;

/** A straight line through points, by least squares. Not thread-safe. */
final class Slope {
  private final List<double[]> points = new ArrayList<>();

  /** Adds a point. */
  void add(double x, double y) {
    points.add(new double[] {x, y});
  }

  /** By how much y grows when x grows by one; NaN where fewer than two different x are known. */
  double value() {
    double meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(Double.NaN);
    double meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(Double.NaN);
    double products = 0;
    double squares = 0;
    for (double[] point : points) {
      products += (point[0] - meanX) * (point[1] - meanY);
      squares += (point[0] - meanX) * (point[0] - meanX);
    }
    return squares > 0 ? products / squares : Double.NaN;
  }
}
