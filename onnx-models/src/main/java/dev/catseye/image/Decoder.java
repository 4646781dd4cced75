package dev.catseye.image;

/**
 * Turns a compressed still picture into pixels, whole or not at all.
 *
 * <p>The format is told from the bytes. Bytes, sides and pixels are checked against the limits
 * before anything is decoded; a truncated or damaged picture is refused, never half decoded.
 * Orientation tags (Exif) and colour profiles are ignored: pixels come as stored. Thread-safe.
 */
public final class Decoder {
  private Decoder() {}

  /**
   * Decodes a camera frame.
   *
   * <p>Grey pictures become R = G = B; alpha is dropped. Refused by name: CMYK, more than 8 bits
   * per sample, animations.
   *
   * @param bytes a whole JPEG, PNG or WebP file; borrowed, only read
   * @throws DecodeException if the bytes are no whole picture of these formats
   * @throws GeometryException if the picture is outside {@code limits}
   */
  public static RgbPlane decodeRgb(byte[] bytes, ImageLimits limits) {
    ImageSize size = ImageHeader.readWithin(bytes, limits);
    return switch (size.format()) {
      case JPEG -> JpegDecoder.decode(bytes, size);
      case PNG -> PngDecoder.decodeRgb(bytes);
      case WEBP -> WebpDecoder.decode(bytes, size);
    };
  }

  /**
   * Decodes a label picture exactly: the stored sample of an 8-bit grey PNG, the index of a palette
   * PNG.
   *
   * @param bytes a whole PNG file; borrowed, only read
   * @throws DecodeException if it is no whole PNG of these kinds
   * @throws GeometryException if the picture is outside {@code limits}
   */
  public static BytePlane decodeLabels(byte[] bytes, ImageLimits limits) {
    ImageSize size = ImageHeader.readWithin(bytes, limits);
    if (size.format() != Format.PNG) {
      throw DecodeException.unsupported("labels as " + size.format() + ", expected PNG");
    }
    return PngDecoder.decodeLabels(bytes);
  }
}
