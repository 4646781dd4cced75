package dev.catseye.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads NumPy's {@code .npy} files, version 1, C order, uint8 or little-endian float32.
 *
 * <p>Source: NumPy, numpy/lib/format.py (module documentation).
 */
public final class Npy {
  private static final Pattern HEADER =
      Pattern.compile("'descr': '([^']+)', 'fortran_order': False, 'shape': \\(([^)]*)\\)");

  private final int[] shape;
  private final String type;
  private final ByteBuffer data;

  private Npy(int[] shape, String type, ByteBuffer data) {
    this.shape = shape;
    this.type = type;
    this.data = data;
  }

  /** Reads a test resource. */
  public static Npy resource(String name) {
    return read(name, Resources.bytes(name));
  }

  /** Reads a file. */
  public static Npy file(Path path) {
    try {
      return read(path.toString(), Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Npy read(String name, byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = file.getShort(8);
    String header = new String(file.array(), 10, headerBytes, StandardCharsets.US_ASCII);
    Matcher fields = HEADER.matcher(header);
    if (!fields.find()) {
      throw new IllegalArgumentException(name + ": " + header);
    }
    int[] shape =
        Arrays.stream(fields.group(2).split(",", -1))
            .map(String::trim)
            .filter(text -> !text.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    ByteBuffer data = file.slice(10 + headerBytes, file.limit() - 10 - headerBytes);
    return new Npy(shape, fields.group(1), data.order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Length of axis {@code axis}. */
  public int axis(int axis) {
    return shape[axis];
  }

  /** All values in C order; the file must hold uint8. */
  public byte[] bytes() {
    require("|u1");
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    return bytes;
  }

  /** All values in C order; the file must hold float32. */
  public float[] floats() {
    require("<f4");
    float[] floats = new float[data.remaining() / 4];
    data.asFloatBuffer().get(floats);
    return floats;
  }

  private void require(String wanted) {
    if (!type.equals(wanted)) {
      throw new IllegalStateException("npy of type " + type + ", expected " + wanted);
    }
  }
}
