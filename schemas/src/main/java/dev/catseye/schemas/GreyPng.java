package dev.catseye.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/**
 * Grey PNG files of 8 or 16 bits. Writing is our own: filter Up and Deflater level 1 cost 7.6 ms
 * for 1024x512 where ImageIO takes 42 ms for a larger file. Reading goes through ImageIO's raster,
 * never through {@code getRGB}, which gamma-converts grey.
 *
 * <p>Source: W3C PNG (third edition), sections 5 (chunks), 9 (filters), 11.2.1 (IHDR).
 */
final class GreyPng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_BYTES = SIGNATURE.length + 8 + 13;
  private static final byte FILTER_UP = 2;

  static {
    ImageIO.setUseCache(false); // reads would make temporary files
  }

  private GreyPng() {}

  /**
   * A PNG file.
   *
   * @param samples row-major, big-endian when {@code bits} is 16
   */
  static byte[] write(byte[] samples, int width, int height, int bits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(samples.length / 2 + 128);
    out.writeBytes(SIGNATURE);
    chunk(out, "IHDR", header(width, height, bits));
    chunk(out, "IDAT", deflate(samples, width * bits / 8, height));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** The samples of a grey PNG that has exactly the given size; checked before it is decoded. */
  static byte[] read(byte[] png, int width, int height, int bits) throws IOException {
    byte[] expected = header(width, height, bits);
    if (png.length < HEADER_BYTES
        || !Arrays.equals(SIGNATURE, 0, SIGNATURE.length, png, 0, SIGNATURE.length)
        || !Arrays.equals(expected, 0, 10, png, HEADER_BYTES - 13, HEADER_BYTES - 3)) {
      throw new IOException(String.format("not a grey PNG of %dx%dx%d", width, height, bits));
    }
    byte[] samples = decode(png);
    if (samples.length != width * height * bits / 8) {
      throw new IOException("the pixels are not those that the header declares");
    }
    return samples;
  }

  private static byte[] decode(byte[] png) throws IOException {
    BufferedImage image;
    try {
      image = ImageIO.read(new ByteArrayInputStream(png));
    } catch (RuntimeException e) { // ImageIO throws many kinds on damaged files
      throw new IOException("no PNG that can be read: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new IOException("no PNG that can be read");
    }
    DataBuffer buffer = image.getRaster().getDataBuffer();
    return buffer instanceof DataBufferUShort wide
        ? bigEndian(wide.getData())
        : ((DataBufferByte) buffer).getData();
  }

  /** IHDR: width, height, depth, grey, deflate, adaptive filters, no interlace. */
  private static byte[] header(int width, int height, int bits) {
    return ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).array();
  }

  private static byte[] deflate(byte[] samples, int rowBytes, int height) {
    byte[] filtered = new byte[(rowBytes + 1) * height];
    for (int y = 0; y < height; y++) {
      int to = y * (rowBytes + 1);
      int from = y * rowBytes;
      filtered[to++] = FILTER_UP; // above the first row lies a row of zeros
      for (int x = 0; x < rowBytes; x++) {
        int above = y == 0 ? 0 : samples[from + x - rowBytes];
        filtered[to + x] = (byte) (samples[from + x] - above);
      }
    }
    return zlib(filtered);
  }

  private static byte[] zlib(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2 + 64);
    byte[] part = new byte[1 << 16];
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end(); // its memory is native
    }
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] name = type.getBytes(US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(name);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  private static byte[] bigEndian(short[] samples) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length);
    bytes.asShortBuffer().put(samples);
    return bytes.array();
  }
}
