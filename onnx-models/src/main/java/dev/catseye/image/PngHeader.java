package dev.catseye.image;

/**
 * What a PNG's header chunk says.
 *
 * <p>Source: W3C PNG specification (third edition), section 11.2.1.
 *
 * @param width columns
 * @param height rows
 * @param bitDepth bits per sample
 * @param colorType 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGB + alpha
 * @param methods of compression and filtering, both 0 in every PNG there is
 * @param interlaced whether rows come in the seven passes of Adam7
 */
record PngHeader(
    int width, int height, int bitDepth, int colorType, int methods, boolean interlaced) {
  static final int GREY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  /** Reads the chunk's data at {@code at}. */
  static PngHeader read(PayloadReader in, int at) {
    long width = in.u32(at);
    long height = in.u32(at + 4);
    if (width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw DecodeException.damaged("PNG header says " + width + "x" + height);
    }
    int interlace = in.u8(at + 12);
    if (interlace > 1) {
      throw DecodeException.damaged("PNG of interlace method " + interlace);
    }
    return new PngHeader(
        (int) width, (int) height, in.u8(at + 8), in.u8(at + 9), in.u16(at + 10), interlace == 1);
  }

  /**
   * Refuses what we do not decode.
   *
   * @throws DecodeException naming it
   */
  void checkSupported() {
    boolean known =
        switch (colorType) {
          case GREY -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
          case PALETTE -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
          case RGB, GREY_ALPHA, RGB_ALPHA -> bitDepth == 8;
          default -> false;
        };
    if (bitDepth == 16) {
      throw DecodeException.unsupported("PNG of 16 bits per sample, expected 8 or fewer");
    }
    if (!known || methods != 0) {
      throw DecodeException.damaged(
          String.format(
              "PNG header says colour type %d, %d bits, methods %04x",
              colorType, bitDepth, methods));
    }
  }

  /** Samples per pixel: 1 to 4. */
  int channels() {
    return switch (colorType) {
      case RGB -> 3;
      case GREY_ALPHA -> 2;
      case RGB_ALPHA -> 4;
      default -> 1;
    };
  }

  /** Bytes that {@code columns} pixels of one row take, packed. */
  int rowBytes(int columns) {
    return (int) (((long) columns * channels() * bitDepth + 7) / 8);
  }
}
