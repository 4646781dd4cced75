package dev.catseye.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One colour picture.
 *
 * <p>Layout: row-major HWC {@code [height, width, 3]}, colour order R, G, B, uint8, 0 to 255.
 * Immutable, content-equal, owns its values.
 */
public final class RgbPlane implements Plane {
  private final int width;
  private final int height;
  private final byte[] values;

  private RgbPlane(int width, int height, byte[] values) {
    Checks.plane(width, height, 3, values.length);
    this.width = width;
    this.height = height;
    this.values = values;
  }

  /**
   * A picture with its own copy of {@code values}.
   *
   * @param values HWC, R G B, exactly {@code 3 * width * height}
   */
  public static RgbPlane copyOf(int width, int height, byte[] values) {
    return new RgbPlane(width, height, values.clone());
  }

  /**
   * A picture around {@code values} without a copy: the caller gives the array away and must not
   * touch it again.
   *
   * @param values HWC, R G B, exactly {@code 3 * width * height}
   */
  public static RgbPlane owning(int width, int height, byte[] values) {
    return new RgbPlane(width, height, values);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Number of bytes: {@code 3 * width * height}. */
  public int sizeBytes() {
    return values.length;
  }

  /** Red at column {@code x}, row {@code y}: 0 to 255. */
  public int red(int x, int y) {
    return values[offset(x, y)] & 0xFF;
  }

  /** Green at column {@code x}, row {@code y}: 0 to 255. */
  public int green(int x, int y) {
    return values[offset(x, y) + 1] & 0xFF;
  }

  /** Blue at column {@code x}, row {@code y}: 0 to 255. */
  public int blue(int x, int y) {
    return values[offset(x, y) + 2] & 0xFF;
  }

  /**
   * Appends all bytes to {@code into} at its position.
   *
   * @param into owned by the caller, with {@link #sizeBytes()} bytes left
   */
  public void putInto(ByteBuffer into) {
    into.put(values);
  }

  /**
   * Copies row {@code y} ({@code 3 * width} bytes) to the front of {@code into}.
   *
   * @param into owned by the caller
   */
  public void copyRow(int y, byte[] into) {
    System.arraycopy(values, y * width * 3, into, 0, width * 3);
  }

  /** A copy of all bytes, HWC, R G B. */
  public byte[] toByteArray() {
    return values.clone();
  }

  private int offset(int x, int y) {
    return (Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width)) * 3;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbPlane that
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
    return "RgbPlane " + width + "x" + height;
  }
}
