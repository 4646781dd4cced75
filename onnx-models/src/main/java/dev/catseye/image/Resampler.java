package dev.catseye.image;

import java.util.Arrays;

/** Resizing of float maps exactly as Pillow does it. Thread-safe. */
public final class Resampler {
  private static final double SUPPORT = 2; // of the bicubic kernel, in source pixels

  private Resampler() {}

  /**
   * Pillow's {@code Image.resize((width, height), Image.BICUBIC)} of a mode "F" picture: cubic
   * convolution with a = -0.5, the kernel widened by the scale when shrinking, weights normalised
   * to sum 1, horizontal pass first, sums in float64, each pass stored as float32. Values are not
   * clipped: the kernel overshoots at edges.
   *
   * <p>Source: Keys 1981, eq. 15 (kernel); Pillow 12.3, src/libImaging/Resample.c (supports,
   * rounding of the window, normalisation).
   *
   * @param width target columns, at least 1
   * @param height target rows, at least 1
   * @return {@code map} itself when the size is equal
   */
  public static FloatPlane pillowBicubic(FloatPlane map, int width, int height) {
    Checks.atLeast("target width", width, 1);
    Checks.atLeast("target height", height, 1);
    FloatPlane wide = width == map.width() ? map : horizontal(map, width);
    return height == map.height() ? wide : vertical(wide, height);
  }

  private static FloatPlane horizontal(FloatPlane map, int width) {
    Window[] windows = windows(map.width(), width);
    float[] from = map.toFloatArray();
    float[] to = new float[width * map.height()];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < width; x++) {
        Window window = windows[x];
        int first = y * map.width() + window.first;
        double sum = 0;
        for (int i = 0; i < window.weights.length; i++) {
          sum += from[first + i] * window.weights[i];
        }
        to[y * width + x] = (float) sum;
      }
    }
    return FloatPlane.owning(width, map.height(), to);
  }

  private static FloatPlane vertical(FloatPlane map, int height) {
    Window[] windows = windows(map.height(), height);
    int width = map.width();
    float[] from = map.toFloatArray();
    float[] to = new float[width * height];
    double[] sums = new double[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, 0);
      Window window = windows[y];
      for (int i = 0; i < window.weights.length; i++) {
        int row = (window.first + i) * width;
        for (int x = 0; x < width; x++) {
          sums[x] += from[row + x] * window.weights[i];
        }
      }
      for (int x = 0; x < width; x++) {
        to[y * width + x] = (float) sums[x];
      }
    }
    return FloatPlane.owning(width, height, to);
  }

  /** The source pixels that one target pixel is made of: from {@code first}, one weight each. */
  private static final class Window {
    private final int first;
    private final double[] weights;

    Window(int first, double[] weights) {
      this.first = first;
      this.weights = weights;
    }
  }

  private static Window[] windows(int source, int target) {
    double scale = (double) source / target;
    double widening = Math.max(scale, 1);
    double support = SUPPORT * widening;
    Window[] windows = new Window[target];
    for (int i = 0; i < target; i++) {
      double center = (i + 0.5) * scale;
      int first = Math.max(0, (int) (center - support + 0.5));
      int end = Math.min(source, (int) (center + support + 0.5));
      double[] weights = new double[end - first];
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        weights[k] = cubic((first + k - center + 0.5) / widening);
        sum += weights[k];
      }
      for (int k = 0; k < weights.length; k++) {
        weights[k] /= sum;
      }
      windows[i] = new Window(first, weights);
    }
    return windows;
  }

  /** Keys' cubic convolution kernel with a = -0.5. */
  private static double cubic(double distance) {
    double a = -0.5;
    double x = Math.abs(distance);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
  }
}
