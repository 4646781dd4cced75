package dev.catseye.detect;

import ai.onnxruntime.OnnxTensor;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.image.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Brings the runtime's values to the heap, before they are freed. */
final class HeapCopies {
  private HeapCopies() {}

  /**
   * Compares the shape of what came with what was promised.
   *
   * @throws InferenceException if an axis that is not open differs
   */
  static void requireShape(String name, OnnxTensor tensor, long[] expected) {
    long[] actual = tensor.getInfo().getShape();
    boolean fits = actual.length == expected.length;
    for (int i = 0; fits && i < actual.length; i++) {
      fits = expected[i] == TensorSpec.OPEN || expected[i] == actual[i];
    }
    if (!fits) {
      throw new InferenceException(
          ErrorCode.INFERENCE,
          String.format(
              "output '%s' has shape %s, expected %s",
              name, Arrays.toString(actual), Arrays.toString(expected)),
          null);
    }
  }

  /** A copy of the values of a uint8 tensor, C order. */
  static byte[] bytes(OnnxTensor tensor) {
    ByteBuffer buffer = tensor.getByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** A copy of the values of a float32 tensor, C order. */
  static float[] floats(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }
}
