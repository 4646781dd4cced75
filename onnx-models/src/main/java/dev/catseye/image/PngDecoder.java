package dev.catseye.image;

/**
 * PNG over the JDK's zlib: every chunk's CRC, the stream's checksum and its exact length hold, or
 * the picture is refused.
 */
final class PngDecoder {
  private PngDecoder() {}

  static RgbPlane decodeRgb(byte[] png) {
    PngFile file = PngFile.read(png);
    PngHeader header = file.header();
    byte[] samples = PngSamples.decode(file, png);
    byte[] rgb =
        switch (header.colorType()) {
          case PngHeader.RGB -> samples;
          case PngHeader.RGB_ALPHA -> everyFirst(3, 4, samples);
          case PngHeader.PALETTE -> looked(samples, file.palette());
          default -> greyTripled(samples, header);
        };
    return RgbPlane.owning(header.width(), header.height(), rgb);
  }

  static BytePlane decodeLabels(byte[] png) {
    PngFile file = PngFile.read(png);
    PngHeader header = file.header();
    boolean grey = header.colorType() == PngHeader.GREY && header.bitDepth() == 8;
    if (!grey && header.colorType() != PngHeader.PALETTE) {
      throw DecodeException.unsupported(
          String.format(
              "labels as PNG of colour type %d with %d bits, expected 8-bit grey or a palette",
              header.colorType(), header.bitDepth()));
    }
    return BytePlane.owning(header.width(), header.height(), PngSamples.decode(file, png));
  }

  /** The first {@code kept} of every {@code channels} samples: alpha is dropped. */
  private static byte[] everyFirst(int kept, int channels, byte[] samples) {
    byte[] result = new byte[samples.length / channels * kept];
    for (int i = 0; i < result.length; i++) {
      result[i] = samples[i / kept * channels + i % kept];
    }
    return result;
  }

  private static byte[] looked(byte[] indices, byte[] palette) {
    byte[] rgb = new byte[3 * indices.length];
    for (int i = 0; i < indices.length; i++) {
      int entry = 3 * (indices[i] & 0xFF);
      if (entry + 3 > palette.length) {
        throw DecodeException.damaged(
            String.format("PNG damaged: palette index %d of %d", entry / 3, palette.length / 3));
      }
      System.arraycopy(palette, entry, rgb, 3 * i, 3);
    }
    return rgb;
  }

  /** R = G = B, samples of fewer than 8 bits spread over 0 to 255. */
  private static byte[] greyTripled(byte[] samples, PngHeader header) {
    int channels = header.channels();
    int spread = 255 / ((1 << header.bitDepth()) - 1);
    byte[] rgb = new byte[samples.length / channels * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (samples[i / 3 * channels] * spread);
    }
    return rgb;
  }
}
