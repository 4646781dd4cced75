package dev.catseye.record;

import dev.catseye.image.BytePlane;
import dev.catseye.image.PngEncoder;
import dev.catseye.schemas.ScoreMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Score maps as files that other tools read: 8-bit maps as grey PNG (score = value / 255), 16-bit
 * maps as NumPy {@code .npy} of float32 scores.
 */
final class ScoreFile {
  private static final int NPY_ALIGNMENT = 64; // bytes before the data; Source: NEP 1, format 1.0
  private static final double MAX_SAMPLE_16 = 65_535;

  private ScoreFile() {}

  /** Writes a map beside {@code stem} and returns the file. */
  static Path write(ScoreMap map, Path folder, String stem) throws IOException {
    byte[] samples = map.decode();
    if (map.bits() == 8) {
      byte[] png = PngEncoder.encode(BytePlane.owning(map.width(), map.height(), samples));
      return Files.write(folder.resolve(stem + ".png"), png);
    }
    return Files.write(folder.resolve(stem + ".npy"), npy(map, samples));
  }

  private static byte[] npy(ScoreMap map, byte[] samples) {
    String fields =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(map.height(), map.width());
    int prefix = 10; // magic, version, length of the header
    int padded = (prefix + fields.length() + NPY_ALIGNMENT) / NPY_ALIGNMENT * NPY_ALIGNMENT;
    String header = fields + " ".repeat(padded - prefix - fields.length() - 1) + "\n";
    ByteBuffer file =
        ByteBuffer.allocate(padded + 4 * map.width() * map.height()).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    file.putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer values = ByteBuffer.wrap(samples); // big-endian
    while (values.hasRemaining()) {
      file.putFloat((float) ((values.getShort() & 0xFFFF) / MAX_SAMPLE_16));
    }
    return file.array();
  }
}
