package dev.catseye.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * One channel of floats: a score map before it is cut to bytes.
 *
 * <p>Layout: row-major {@code [height, width]}, float32, any value. Immutable, content-equal (bit
 * for bit, so {@code NaN} equals {@code NaN}), owns its values.
 */
public final class FloatPlane implements Plane {
  private final int width;
  private final int height;
  private final float[] values;

  private FloatPlane(int width, int height, float[] values) {
    Checks.plane(width, height, 1, values.length);
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /**
   * A plane with its own copy of {@code values}.
   *
   * @param values row-major, exactly {@code width * height}
   */
  public static FloatPlane copyOf(int width, int height, float[] values) {
    return new FloatPlane(width, height, values.clone());
  }

  /**
   * A plane around {@code values} without a copy: the caller gives the array away and must not
   * touch it again.
   *
   * @param values row-major, exactly {@code width * height}
   */
  public static FloatPlane owning(int width, int height, float[] values) {
    return new FloatPlane(width, height, values);
  }

  /** The scores of a byte map: value / 255, 0 to 1. */
  public static FloatPlane ofBytes(BytePlane bytes) {
    byte[] from = bytes.toByteArray();
    float[] scores = new float[from.length];
    for (int i = 0; i < from.length; i++) {
      scores[i] = (from[i] & 0xFF) / 255f;
    }
    return new FloatPlane(bytes.width(), bytes.height(), scores);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Number of pixels. */
  public int size() {
    return values.length;
  }

  /** The value at column {@code x}, row {@code y}. */
  public float at(int x, int y) {
    return values[Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width)];
  }

  /** A copy of all values, row-major. */
  public float[] toFloatArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatPlane that
        && width == that.width
        && height == that.height
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + height) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FloatPlane " + width + "x" + height;
  }
}
