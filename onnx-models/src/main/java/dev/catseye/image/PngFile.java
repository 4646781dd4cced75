package dev.catseye.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A PNG file's chunks: every CRC holds, nothing unknown changes the picture, nothing follows the
 * end.
 *
 * <p>Source: W3C PNG specification (third edition), sections 5, 11.2 and 14.
 */
final class PngFile {
  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int HEADER_BYTES = 13;
  private static final int AROUND_DATA_BYTES = 12; // length, type, CRC

  private static final int FIRST_CHUNK_BEHIND_HEADER =
      SIGNATURE.length + AROUND_DATA_BYTES + HEADER_BYTES;

  /** Where picture data lies in the file. */
  record Range(int offset, int length) {}

  private final PngHeader header;
  private final List<Range> data = new ArrayList<>();
  private byte[] palette = new byte[0];

  private PngFile(PngHeader header) {
    this.header = header;
  }

  /** Reads the header chunk only; what follows may be anything. */
  static PngHeader header(byte[] png) {
    PayloadReader in = new PayloadReader(png, "PNG");
    if (!in.fourCc(SIGNATURE.length + 4).equals("IHDR")
        || in.u32(SIGNATURE.length) != HEADER_BYTES) {
      throw DecodeException.damaged("PNG does not start with a header chunk (IHDR)");
    }
    checkCrc(in, png, SIGNATURE.length, HEADER_BYTES);
    return PngHeader.read(in, SIGNATURE.length + 8);
  }

  /**
   * Walks all chunks.
   *
   * @throws DecodeException naming the chunk and its offset
   */
  static PngFile read(byte[] png) {
    PngFile file = new PngFile(header(png));
    file.header.checkSupported();
    PayloadReader in = new PayloadReader(png, "PNG");
    long at = FIRST_CHUNK_BEHIND_HEADER;
    String type = "IHDR";
    while (!type.equals("IEND")) {
      long length = in.u32(at);
      type = in.fourCc(at + 4);
      checkCrc(in, png, at, length);
      file.take(type, png, (int) at + 8, (int) length);
      at += AROUND_DATA_BYTES + length;
    }
    if (at != png.length) {
      throw DecodeException.damaged(png.length - at + " bytes behind the end of the PNG");
    }
    if (file.data.isEmpty()) {
      throw DecodeException.damaged("PNG without picture data (IDAT)");
    }
    return file;
  }

  private void take(String type, byte[] png, int offset, int length) {
    switch (type) {
      case "PLTE" -> palette = Arrays.copyOfRange(png, offset, offset + length);
      case "IDAT" -> data.add(new Range(offset, length));
      case "IEND" -> {} // the walk ends here
      case "acTL" -> throw DecodeException.unsupported("animated PNG, expected a still picture");
      default -> {
        if (Character.isUpperCase(type.charAt(0))) { // critical: the picture depends on it
          throw DecodeException.damaged("PNG with the unknown chunk '" + printable(type) + "'");
        }
      }
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

  PngHeader header() {
    return header;
  }

  /** Where the compressed picture data lies, in order. */
  List<Range> data() {
    return data;
  }

  /** R, G, B per palette entry; empty without a palette. */
  byte[] palette() {
    return palette;
  }
}
