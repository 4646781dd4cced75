package dev.catseye.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds PNG files that no honest encoder writes. */
final class Pngs {
  private Pngs() {}

  /** A file of these chunks between signature and end chunk. */
  static byte[] of(byte[]... chunks) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(PngFile.SIGNATURE);
    for (byte[] chunk : chunks) {
      png.writeBytes(chunk);
    }
    png.writeBytes(chunk("IEND"));
    return png.toByteArray();
  }

  /** A header chunk; colour type 0 is grey, 2 RGB. */
  static byte[] header(int width, int height, int bitDepth, int colorType) {
    ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
    return chunk("IHDR", data.put((byte) bitDepth).put((byte) colorType).array());
  }

  /** A data chunk that holds {@code rows} (filter bytes included), deflated. */
  static byte[] data(byte[] rows) {
    return chunk("IDAT", deflated(rows));
  }

  /** A zlib stream of {@code bytes}. */
  static byte[] deflated(byte[] bytes) {
    return deflated(bytes, 1);
  }

  /** A zlib stream of {@code bytes}, {@code times} over. */
  static byte[] deflated(byte[] bytes, int times) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] scratch = new byte[1 << 16];
    for (int i = 0; i < times; i++) {
      deflater.setInput(bytes);
      while (!deflater.needsInput()) {
        out.write(scratch, 0, deflater.deflate(scratch));
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      out.write(scratch, 0, deflater.deflate(scratch));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** A chunk with a CRC that holds. */
  static byte[] chunk(String type, byte... data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    return chunk.put(name).put(data).putInt((int) crc.getValue()).array();
  }
}
