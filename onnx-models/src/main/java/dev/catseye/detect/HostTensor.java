package dev.catseye.detect;

import dev.catseye.bundle.DataType;
import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Values on the heap as a graph takes or gives them: bytes or 32-bit floats, C order, any shape.
 * Immutable; owns its values.
 */
public final class HostTensor {
  private final DataType type;
  private final long[] shape;
  private final byte[] bytes; // empty when the values are floats
  private final float[] floats; // empty when the values are bytes

  private HostTensor(DataType type, byte[] bytes, float[] floats, long[] shape) {
    this.type = type;
    this.bytes = bytes;
    this.floats = floats;
    this.shape = shape.clone();
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size != size()) {
      throw new IllegalArgumentException(size() + " values of shape " + Arrays.toString(shape));
    }
  }

  /**
   * Unsigned bytes.
   *
   * @param values C order; given away by the caller, who must not touch them again
   */
  public static HostTensor ofBytes(byte[] values, long... shape) {
    return new HostTensor(DataType.UINT8, values, new float[0], shape);
  }

  /**
   * Floats of any value.
   *
   * @param values C order; given away by the caller, who must not touch them again
   */
  public static HostTensor ofFloats(float[] values, long... shape) {
    return new HostTensor(DataType.FLOAT32, new byte[0], values, shape);
  }

  /** One map as {@code [1, height, width]}, or one picture as {@code [1, height, width, 3]}. */
  public static HostTensor of(Plane plane) {
    if (plane instanceof RgbPlane picture) {
      return ofBytes(picture.toByteArray(), 1, picture.height(), picture.width(), 3);
    }
    return plane instanceof BytePlane map
        ? ofBytes(map.toByteArray(), 1, map.height(), map.width())
        : ofFloats(((FloatPlane) plane).toFloatArray(), 1, plane.height(), plane.width());
  }

  /** Element type. */
  public DataType type() {
    return type;
  }

  /** A copy of the shape. */
  public long[] shape() {
    return shape.clone();
  }

  /** Number of values. */
  public int size() {
    return type == DataType.UINT8 ? bytes.length : floats.length;
  }

  /** Value {@code index} in C order; bytes are 0 to 255. */
  public float at(int index) {
    return type == DataType.UINT8 ? bytes[index] & 0xFF : floats[index];
  }

  /** The values for the runtime, read-only by contract: it only copies them. */
  Buffer buffer() {
    return type == DataType.UINT8 ? ByteBuffer.wrap(bytes) : FloatBuffer.wrap(floats);
  }

  @Override
  public String toString() {
    return type.word() + " " + Arrays.toString(shape);
  }
}
