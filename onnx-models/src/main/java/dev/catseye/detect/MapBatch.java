package dev.catseye.detect;

import dev.catseye.bundle.OutputSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import java.util.Arrays;

/** One output of one run: a map or picture per frame, bytes or floats, NHW or NHWC. */
final class MapBatch {
  private final OutputSpec spec;
  private final byte[] bytes;
  private final float[] floats;

  private MapBatch(OutputSpec spec, byte[] bytes, float[] floats) {
    this.spec = spec;
    this.bytes = bytes;
    this.floats = floats;
  }

  /** A batch of byte maps or RGB pictures; {@code bytes} is given away by the caller. */
  static MapBatch ofBytes(OutputSpec spec, byte[] bytes) {
    return new MapBatch(spec, bytes, new float[0]);
  }

  /**
   * A batch of float maps.
   *
   * @param floats given away by the caller
   * @throws InferenceException with {@link ErrorCode#NON_FINITE}
   */
  static MapBatch ofFloats(OutputSpec spec, float[] floats) {
    int size = spec.width() * spec.height();
    for (int i = 0; i < floats.length; i++) {
      if (!Float.isFinite(floats[i])) {
        throw new InferenceException(
            ErrorCode.NON_FINITE,
            String.format(
                "output '%s' is %s at frame %d, row %d, column %d",
                spec.name(), floats[i], i / size, i % size / spec.width(), i % spec.width()),
            null);
      }
    }
    return new MapBatch(spec, new byte[0], floats);
  }

  /** What frame {@code index} got. */
  Plane plane(int index) {
    int size = spec.width() * spec.height();
    return switch (spec.type()) {
      case UINT8 -> spec.isMap() ? bytes(index) : picture(index);
      case FLOAT32 ->
          FloatPlane.owning(
              spec.width(),
              spec.height(),
              Arrays.copyOfRange(floats, index * size, (index + 1) * size));
    };
  }

  /** The byte map of frame {@code index}. */
  BytePlane bytes(int index) {
    return BytePlane.owning(spec.width(), spec.height(), bytesOf(index));
  }

  private RgbPlane picture(int index) {
    return RgbPlane.owning(spec.width(), spec.height(), bytesOf(index));
  }

  private byte[] bytesOf(int index) {
    int size = spec.width() * spec.height() * spec.channels();
    return Arrays.copyOfRange(bytes, index * size, (index + 1) * size);
  }
}
