package dev.catseye.image;

/**
 * The chunks of a WebP file.
 *
 * <p>Source: RFC 9649, sections 2 and 3; VP8 frame header: RFC 6386, section 9.1.
 *
 * @param width columns as the first chunk says
 * @param height rows as the first chunk says
 */
record WebpFile(int width, int height) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int ANIMATION_FLAG = 0x02;

  /** Reads the first chunk only; what follows may be anything. */
  static WebpFile header(byte[] webp) {
    PayloadReader in = new PayloadReader(webp, "WebP");
    long data = FIRST_CHUNK + CHUNK_HEADER;
    String type = in.fourCc(FIRST_CHUNK);
    return switch (type) {
      case "VP8 " -> new WebpFile(in.u16le(data + 6) & 0x3FFF, in.u16le(data + 8) & 0x3FFF);
      case "VP8L" -> lossless(in.u32le(data + 1));
      case "VP8X" -> new WebpFile(in.u24le(data + 4) + 1, in.u24le(data + 7) + 1);
      default -> throw DecodeException.damaged("WebP starts with no picture chunk");
    };
  }

  private static WebpFile lossless(long bits) {
    return new WebpFile((int) (bits & 0x3FFF) + 1, (int) ((bits >> 14) & 0x3FFF) + 1);
  }

  /**
   * Walks all chunks: whole, a still picture, the file as long as its header says.
   *
   * @throws DecodeException naming the numbers
   */
  static WebpFile check(byte[] webp) {
    WebpFile header = header(webp);
    PayloadReader in = new PayloadReader(webp, "WebP");
    long end = CHUNK_HEADER + in.u32le(4);
    in.need(0, end);
    if (end != webp.length) {
      throw DecodeException.damaged(webp.length - end + " bytes behind the end of the WebP");
    }
    if (in.fourCc(FIRST_CHUNK).equals("VP8X")
        && (in.u8(FIRST_CHUNK + CHUNK_HEADER) & ANIMATION_FLAG) != 0) {
      throw DecodeException.unsupported("animated WebP, expected a still picture");
    }
    long at = FIRST_CHUNK;
    while (at < end) {
      long length = in.u32le(at + 4);
      at += CHUNK_HEADER + length + (length & 1); // chunks are padded to even lengths
    }
    in.need(0, at);
    return header;
  }
}
