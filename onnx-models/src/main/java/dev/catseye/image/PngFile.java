package dev.catseye.image;

import java.util.zip.CRC32;

/**
 * The chunks of a PNG file, every CRC checked.
 *
 * <p>Source: W3C PNG specification (third edition), sections 5 and 11.
 *
 * @param width columns as the header says
 * @param height rows as the header says
 * @param bitDepth bits per sample: 1, 2, 4, 8 or 16
 * @param colorType 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
 */
record PngFile(int width, int height, int bitDepth, int colorType) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private static final int SIGNATURE_BYTES = 8;
  private static final int HEADER_BYTES = 13;
  private static final int AROUND_DATA_BYTES = 12; // length, type, CRC

  /** Reads the header chunk only; what follows may be anything. */
  static PngFile header(byte[] png) {
    PayloadReader in = new PayloadReader(png, "PNG");
    if (!in.fourCc(SIGNATURE_BYTES + 4).equals("IHDR") || in.u32(SIGNATURE_BYTES) != HEADER_BYTES) {
      throw DecodeException.damaged("PNG does not start with a header chunk (IHDR)");
    }
    checkCrc(in, png, SIGNATURE_BYTES, HEADER_BYTES);
    long at = SIGNATURE_BYTES + 8;
    long width = in.u32(at);
    long height = in.u32(at + 4);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw DecodeException.damaged("PNG header says " + width + "x" + height);
    }
    return new PngFile((int) width, (int) height, in.u8(at + 8), in.u8(at + 9));
  }

  /**
   * Walks all chunks: each CRC holds, nothing animates, the end chunk is the last thing in the
   * file.
   *
   * @throws DecodeException naming the chunk and its offset
   */
  static PngFile check(byte[] png) {
    PngFile header = header(png);
    PayloadReader in = new PayloadReader(png, "PNG");
    long at = SIGNATURE_BYTES;
    boolean data = false;
    while (true) {
      long length = in.u32(at);
      String type = in.fourCc(at + 4);
      checkCrc(in, png, at, length);
      at += AROUND_DATA_BYTES + length;
      switch (type) {
        case "acTL" -> throw DecodeException.unsupported("animated PNG, expected a still picture");
        case "IDAT" -> data = true;
        case "IEND" -> {
          checkEnd(in, at, data);
          return header;
        }
        default -> {} // ancillary or palette: its CRC is what matters here
      }
    }
  }

  private static void checkEnd(PayloadReader in, long end, boolean data) {
    if (!data) {
      throw DecodeException.damaged("PNG without picture data (IDAT)");
    }
    if (end != in.length()) {
      throw DecodeException.damaged(in.length() - end + " bytes behind the end of the PNG");
    }
  }

  private static void checkCrc(PayloadReader in, byte[] png, long at, long length) {
    in.need(at, AROUND_DATA_BYTES + length);
    CRC32 crc = new CRC32();
    crc.update(png, (int) at + 4, (int) length + 4);
    if (crc.getValue() != in.u32(at + 8 + length)) {
      throw DecodeException.damaged(
          String.format("PNG chunk '%s' at byte %d: wrong CRC", printable(in.fourCc(at + 4)), at));
    }
  }

  private static String printable(String type) {
    return type.replaceAll("[^A-Za-z]", "?");
  }
}
