package dev.catseye.image;

/**
 * Uncompressed payloads to pixels; the payload's length must be exactly what the size demands.
 * Thread-safe.
 */
public final class RawFrames {
  private RawFrames() {}

  /**
   * RGB8: R, G, B per pixel.
   *
   * @param payload HWC, R G B, {@code 3 * width * height} bytes; borrowed, copied
   * @throws GeometryException if the size is outside {@code limits} or the length does not fit
   */
  public static RgbPlane rgb8(byte[] payload, int width, int height, ImageLimits limits) {
    check(payload, width, height, 3L * width * height, limits);
    return RgbPlane.copyOf(width, height, payload);
  }

  /**
   * BGR8: B, G, R per pixel.
   *
   * @param payload HWC, B G R, {@code 3 * width * height} bytes; borrowed, copied
   * @throws GeometryException if the size is outside {@code limits} or the length does not fit
   */
  public static RgbPlane bgr8(byte[] payload, int width, int height, ImageLimits limits) {
    check(payload, width, height, 3L * width * height, limits);
    byte[] rgb = new byte[payload.length];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = payload[i + 2];
      rgb[i + 1] = payload[i + 1];
      rgb[i + 2] = payload[i];
    }
    return RgbPlane.owning(width, height, rgb);
  }

  /**
   * NV12: luma plane, then one interleaved U V pair per 2x2 pixels, BT.601 video range (luma 16 to
   * 235); chroma is repeated, not interpolated.
   *
   * <p>Source: ITU-R BT.601-7, table 3, scaled to 8 bits.
   *
   * @param payload {@code width * height * 3 / 2} bytes; borrowed, only read
   * @param width even
   * @param height even
   * @throws GeometryException if the size is odd or outside {@code limits}, or the length does not
   *     fit
   */
  public static RgbPlane nv12(byte[] payload, int width, int height, ImageLimits limits) {
    if (width % 2 != 0 || height % 2 != 0) {
      throw GeometryException.size("nv12 of " + width + "x" + height + ": sides must be even");
    }
    check(payload, width, height, (long) width * height * 3 / 2, limits);
    byte[] rgb = new byte[3 * width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pair = width * height + (y / 2) * width + x / 2 * 2;
        double luma = 255.0 / 219 * ((payload[y * width + x] & 0xFF) - 16);
        double u = 255.0 / 224 * ((payload[pair] & 0xFF) - 128);
        double v = 255.0 / 224 * ((payload[pair + 1] & 0xFF) - 128);
        int at = (y * width + x) * 3;
        rgb[at] = clamped(luma + 1.402 * v);
        rgb[at + 1] = clamped(luma - 0.344136 * u - 0.714136 * v);
        rgb[at + 2] = clamped(luma + 1.772 * u);
      }
    }
    return RgbPlane.owning(width, height, rgb);
  }

  private static byte clamped(double value) {
    return (byte) Math.max(0, Math.min(255, Math.round(value)));
  }

  private static void check(
      byte[] payload, int width, int height, long expected, ImageLimits limits) {
    limits.checkBytes(payload.length);
    limits.checkSize(width, height);
    if (payload.length != expected) {
      throw GeometryException.size(
          String.format(
              "payload of %d bytes, a picture of %dx%d needs %d",
              payload.length, width, height, expected));
    }
  }
}
