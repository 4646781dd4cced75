package dev.catseye.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes 8-bit PNGs, grey or RGB: every row filtered by Up, deflated at level 1.
 *
 * <p>Source: W3C PNG specification (third edition), sections 5, 9.2 and 11.2. Thread-safe.
 */
public final class PngEncoder {
  private static final byte FILTER_UP = 2;

  private PngEncoder() {}

  /** A grey PNG whose samples are the plane's values. */
  public static byte[] encode(BytePlane plane) {
    return encode(plane.width(), plane.height(), PngHeader.GREY, 1, plane::copyRow);
  }

  /** A colour PNG (RGB, no alpha). */
  public static byte[] encode(RgbPlane picture) {
    return encode(picture.width(), picture.height(), PngHeader.RGB, 3, picture::copyRow);
  }

  private interface Rows {
    void copyRow(int y, byte[] into);
  }

  private static byte[] encode(int width, int height, int colorType, int channels, Rows rows) {
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) 8).put((byte) colorType); // then compression, filter and interlace method: 0
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(PngFile.SIGNATURE);
    chunk(png, "IHDR", header.array());
    chunk(png, "IDAT", deflated(width * channels, height, rows));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] deflated(int rowBytes, int height, Rows rows) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] scratch = new byte[1 << 16];
      byte[] above = new byte[rowBytes];
      byte[] row = new byte[rowBytes];
      byte[] filtered = new byte[1 + rowBytes];
      filtered[0] = FILTER_UP;
      for (int y = 0; y < height; y++) {
        rows.copyRow(y, row);
        for (int i = 0; i < rowBytes; i++) {
          filtered[1 + i] = (byte) (row[i] - above[i]);
        }
        deflater.setInput(filtered);
        while (!deflater.needsInput()) {
          out.write(scratch, 0, deflater.deflate(scratch));
        }
        byte[] swap = above;
        above = row;
        row = swap;
      }
      deflater.finish();
      while (!deflater.finished()) {
        out.write(scratch, 0, deflater.deflate(scratch));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
