package dev.catseye.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One channel of unsigned bytes: a score map, a class map, a label picture.
 *
 * <p>Layout: row-major {@code [height, width]}, uint8, 0 to 255. Immutable, content-equal, owns its
 * values.
 */
public final class BytePlane implements Plane {
  private final int width;
  private final int height;
  private final byte[] values;

  private BytePlane(int width, int height, byte[] values) {
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
  public static BytePlane copyOf(int width, int height, byte[] values) {
    return new BytePlane(width, height, values.clone());
  }

  /**
   * A plane around {@code values} without a copy: the caller gives the array away and must not
   * touch it again.
   *
   * @param values row-major, exactly {@code width * height}
   */
  public static BytePlane owning(int width, int height, byte[] values) {
    return new BytePlane(width, height, values);
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

  /** The value at column {@code x}, row {@code y}: 0 to 255. */
  public int at(int x, int y) {
    return values[Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width)] & 0xFF;
  }

  /** Number of pixels that hold {@code value} (0 to 255). */
  public int count(int value) {
    return histogram()[value];
  }

  /** Number of pixels per value: 256 counts. */
  public int[] histogram() {
    int[] counts = new int[256];
    for (byte value : values) {
      counts[value & 0xFF]++;
    }
    return counts;
  }

  /**
   * Share of the pixels that differ from {@code other}'s by {@code maxDifference} or less, 0 to 1.
   *
   * @param other of the same size
   */
  public double shareWithin(BytePlane other, int maxDifference) {
    if (width != other.width || height != other.height) {
      throw new IllegalArgumentException(this + " against " + other);
    }
    int close = 0;
    for (int i = 0; i < values.length; i++) {
      if (Math.abs((values[i] & 0xFF) - (other.values[i] & 0xFF)) <= maxDifference) {
        close++;
      }
    }
    return (double) close / values.length;
  }

  /**
   * Copies row {@code y} to the front of {@code into}.
   *
   * @param into at least {@link #width()} long; owned by the caller
   */
  public void copyRow(int y, byte[] into) {
    System.arraycopy(values, y * width, into, 0, width);
  }

  /** A copy of all values, row-major. */
  public byte[] toByteArray() {
    return values.clone();
  }

  /** A read-only view of all values, row-major, position 0. */
  public ByteBuffer asReadOnlyBuffer() {
    return ByteBuffer.wrap(values).asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytePlane that
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
    return "BytePlane " + width + "x" + height;
  }
}
