package dev.catseye.image;

/** Reads a compressed picture's format and size without decoding it; allocates nothing. */
public final class ImageHeader {
  private ImageHeader() {}

  /**
   * Reads the header.
   *
   * @param bytes a whole JPEG, PNG or WebP file; borrowed, only read
   * @return what the header says; it may lie about what follows, and no limit is applied
   * @throws DecodeException if the bytes are in none of the formats, or their header is damaged
   */
  public static ImageSize read(byte[] bytes) {
    Format format = formatOf(bytes);
    return switch (format) {
      case JPEG -> {
        JpegFile jpeg = JpegFile.header(bytes);
        yield new ImageSize(jpeg.width(), jpeg.height(), format);
      }
      case PNG -> {
        PngHeader png = PngFile.header(bytes);
        yield new ImageSize(png.width(), png.height(), format);
      }
      case WEBP -> {
        WebpFile webp = WebpFile.header(bytes);
        yield new ImageSize(webp.width(), webp.height(), format);
      }
    };
  }

  /** As {@link #read}, but refuses too many bytes and sizes outside {@code limits}. */
  static ImageSize readWithin(byte[] bytes, ImageLimits limits) {
    limits.checkBytes(bytes.length);
    ImageSize size = read(bytes);
    limits.checkSize(size.width(), size.height());
    return size;
  }

  private static Format formatOf(byte[] bytes) {
    if (bytes.length == 0) {
      throw DecodeException.damaged("0 bytes, expected a picture");
    }
    return Format.sniff(bytes)
        .orElseThrow(
            () ->
                DecodeException.unsupported(
                    bytes.length + " bytes that are neither JPEG, PNG nor WebP"));
  }
}
