package dev.catseye.bundle;

/**
 * What a graph takes or gives under one name, for any number of frames.
 *
 * @param name tensor name
 * @param type element type
 * @param layout order of the axes
 * @param channels values per pixel: 1 for NHW, 3 for NHWC
 * @param width columns, or {@link #OPEN}
 * @param height rows, or {@link #OPEN}
 */
public record TensorSpec(
    String name, DataType type, Layout layout, int channels, int width, int height) {
  /** Length of an axis that may have any, as the runtime writes it. */
  public static final int OPEN = -1;

  /** Camera frames of any size: uint8 RGB. */
  public static TensorSpec frames(String name) {
    return new TensorSpec(name, DataType.UINT8, Layout.NHWC, 3, OPEN, OPEN);
  }

  /** Shape for {@code n} frames; {@link #OPEN} where any length will do. */
  public long[] shape(long n) {
    return switch (layout) {
      case NHW -> new long[] {n, height, width};
      case NHWC -> new long[] {n, height, width, channels};
      case NCHW -> new long[] {n, channels, height, width};
    };
  }
}
