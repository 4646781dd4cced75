package dev.catseye.parity;

import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Reads NumPy's files: {@code .npy} of uint8 or little-endian float16, float32 and float64 in C
 * order, and {@code .npz} of such. Floats become float32.
 *
 * <p>Source: NumPy, numpy/lib/format.py (format description, versions 1 to 3).
 */
final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int FIRST_LENGTH = MAGIC.length + 2; // behind the version

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*False");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\s]*)\\)");

  private Npy() {}

  /**
   * Reads one array.
   *
   * @throws ToolException if it is no such file
   */
  static HostTensor read(Path file) throws IOException {
    return parse(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Reads all arrays of an archive, by their names without {@code .npy}.
   *
   * @throws ToolException if one is no such file
   */
  static Map<String, HostTensor> readArchive(Path file) throws IOException {
    Map<String, HostTensor> arrays = new HashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          String name = entry.getName().replaceFirst("\\.npy$", "");
          arrays.put(name, parse(file + ": " + entry.getName(), in.readAllBytes()));
        }
      }
    }
    return arrays;
  }

  private static HostTensor parse(String name, byte[] bytes) {
    if (bytes.length < FIRST_LENGTH + 4
        || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new ToolException(name + ": no NumPy file");
    }
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean isShort = bytes[MAGIC.length] == 1; // version 1 has 2 bytes for the header's length
    int length = isShort ? file.getShort(FIRST_LENGTH) & 0xFFFF : file.getInt(FIRST_LENGTH);
    int start = FIRST_LENGTH + (isShort ? 2 : 4);
    if (length < 0 || length > bytes.length - start) {
      throw new ToolException(name + ": a NumPy file that is cut off");
    }
    String header = new String(bytes, start, length, StandardCharsets.UTF_8);
    Matcher type = TYPE.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!type.find() || !shape.find() || !ORDER.matcher(header).find()) {
      throw new ToolException(name + ": not an array in C order: " + header.strip());
    }
    return values(name, type.group(1), sides(shape.group(1)), file.position(start + length));
  }

  private static long[] sides(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .mapToLong(Long::parseLong)
        .toArray();
  }

  private static HostTensor values(String name, String type, long[] shape, ByteBuffer data) {
    int width =
        switch (type) {
          case "|u1" -> 1;
          case "<f2" -> 2;
          case "<f4" -> 4;
          case "<f8" -> 8;
          default ->
              throw new ToolException(
                  name + ": type " + type + ", expected uint8, float16, float32 or float64");
        };
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (data.remaining() != size * width) {
      throw new ToolException(
          "%s: %d bytes, %d values of type %s need %d"
              .formatted(name, data.remaining(), size, type, size * width));
    }
    if (width == 1) {
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      return HostTensor.ofBytes(bytes, shape);
    }
    float[] floats = new float[(int) size];
    for (int i = 0; i < floats.length; i++) {
      floats[i] =
          switch (width) {
            case 2 -> half(data.getShort());
            case 4 -> data.getFloat();
            default -> (float) data.getDouble();
          };
    }
    return HostTensor.ofFloats(floats, shape);
  }

  /** The value of a float16. Source: IEEE 754-2019, 3.4 (binary16). */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1F -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1024f + fraction, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }
}
