package dev.catseye.detect;

import dev.catseye.bundle.OutputSpec;
import dev.catseye.image.BytePlane;
import dev.catseye.image.ErrorCode;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import java.util.Arrays;

/**
 * One output of one run: a map or picture per frame, bytes or floats, NHW or NHWC. Immutable; owns
 * its values.
 */
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

  /** A batch of float maps; {@code floats} is given away by the caller. */
  static MapBatch ofFloats(OutputSpec spec, float[] floats) {
    return new MapBatch(spec, new byte[0], floats);
  }

  /**
   * What frame {@code index} got.
   *
   * @throws InferenceException with {@link ErrorCode#NON_FINITE} if a value of this frame is not
   *     finite
   */
  Plane plane(int index) {
    return switch (spec.type()) {
      case UINT8 -> spec.isMap() ? bytes(index) : picture(index);
      case FLOAT32 -> finite(index);
    };
  }

  private FloatPlane finite(int index) {
    int size = spec.width() * spec.height();
    float[] values = Arrays.copyOfRange(floats, index * size, (index + 1) * size);
    for (int i = 0; i < size; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InferenceException(
            ErrorCode.NON_FINITE,
            String.format(
                "output '%s' is %s at row %d, column %d",
                spec.name(), values[i], i / spec.width(), i % spec.width()),
            null);
      }
    }
    return FloatPlane.owning(spec.width(), spec.height(), values);
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
