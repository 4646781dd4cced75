package dev.catseye.parity;

import dev.catseye.detect.HostTensor;
import java.util.Arrays;

/** Takes some of a tensor's rows and columns, which are its last two axes. */
final class Samples {
  private Samples() {}

  /** Rows and columns 0, {@code step}, 2 {@code step}, ... */
  static HostTensor every(int step, HostTensor planes) {
    long[] shape = planes.shape();
    return take(
        planes,
        multiples(step, (int) shape[shape.length - 2]),
        multiples(step, (int) shape[shape.length - 1]));
  }

  private static int[] multiples(int step, int end) {
    int[] indices = new int[(end + step - 1) / step];
    Arrays.setAll(indices, i -> i * step);
    return indices;
  }

  /**
   * The pixel under the centre of each of {@code width * height} pixels that cover the same
   * picture; the tensor itself where the size is equal.
   */
  static HostTensor centres(HostTensor planes, int width, int height) {
    long[] shape = planes.shape();
    int oldHeight = (int) shape[shape.length - 2];
    int oldWidth = (int) shape[shape.length - 1];
    return oldWidth == width && oldHeight == height
        ? planes
        : take(planes, centres(oldHeight, height), centres(oldWidth, width));
  }

  /**
   * Index floor((i + 0.5) old / new), the step added up as Pillow does: where a centre falls
   * between two pixels, the rounding of that sum decides. Source: Pillow, src/libImaging/Geometry.c
   * (ImagingScaleAffine).
   */
  private static int[] centres(int old, int count) {
    double step = (double) old / count;
    double place = step / 2;
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = (int) place;
      place += step;
    }
    return indices;
  }

  private static HostTensor take(HostTensor planes, int[] rows, int[] columns) {
    long[] shape = planes.shape();
    int height = (int) shape[shape.length - 2];
    int width = (int) shape[shape.length - 1];
    shape[shape.length - 2] = rows.length;
    shape[shape.length - 1] = columns.length;
    int count = planes.size() / (height * width);
    float[] values = new float[count * rows.length * columns.length];
    int next = 0;
    for (int plane = 0; plane < count; plane++) {
      for (int row : rows) {
        for (int column : columns) {
          values[next++] = planes.at((plane * height + row) * width + column);
        }
      }
    }
    return switch (planes.type()) {
      case FLOAT32 -> HostTensor.ofFloats(values, shape);
      case UINT8 -> HostTensor.ofBytes(bytes(values), shape);
    };
  }

  private static byte[] bytes(float[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
