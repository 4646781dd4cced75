package dev.catseye.detect;

import dev.catseye.image.BytePlane;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.FloatPlane;
import java.util.Arrays;

/** One output of one run: a map per frame, bytes or floats, NHW. */
final class MapBatch {
  private final int width;
  private final int height;
  private final byte[] bytes;
  private final float[] floats;

  private MapBatch(int width, int height, byte[] bytes, float[] floats) {
    this.width = width;
    this.height = height;
    this.bytes = bytes;
    this.floats = floats;
  }

  /** A batch of byte maps; {@code bytes} is given away by the caller. */
  static MapBatch ofBytes(int width, int height, byte[] bytes) {
    return new MapBatch(width, height, bytes, new float[0]);
  }

  /**
   * A batch of float maps.
   *
   * @param name tensor name, for the message
   * @param floats given away by the caller
   * @throws InferenceException with {@link ErrorCode#NON_FINITE}
   */
  static MapBatch ofFloats(String name, int width, int height, float[] floats) {
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw new InferenceException(
            ErrorCode.NON_FINITE,
            String.format(
                "output '%s' is %s at frame %d, row %d, column %d",
                name, floats[i], i / (width * height), i % (width * height) / width, i % width),
            null);
      }
    }
    return new MapBatch(width, height, new byte[0], floats);
  }

  /** The byte map of frame {@code index}. */
  BytePlane bytes(int index) {
    int size = width * height;
    return BytePlane.owning(
        width, height, Arrays.copyOfRange(bytes, index * size, (index + 1) * size));
  }

  /** The float map of frame {@code index}. */
  FloatPlane floats(int index) {
    int size = width * height;
    return FloatPlane.owning(
        width, height, Arrays.copyOfRange(floats, index * size, (index + 1) * size));
  }
}
