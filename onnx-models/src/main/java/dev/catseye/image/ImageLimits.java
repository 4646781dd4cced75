package dev.catseye.image;

/**
 * What a picture may cost before anything is decoded.
 *
 * @param maxBytes most payload bytes, at least 1
 * @param maxWidth most columns, at least 1
 * @param maxHeight most rows, at least 1
 * @param maxPixels most pixels, at least 1; the decoded picture takes 3 bytes each
 */
public record ImageLimits(long maxBytes, int maxWidth, int maxHeight, long maxPixels) {
  /** 32 MiB, sides to 8192, 16 Mi pixels: a 4K camera passes, its picture takes 48 MiB at most. */
  public static final ImageLimits DEFAULT = new ImageLimits(32L << 20, 8192, 8192, 16L << 20);

  /** Checks that all limits are positive and that a picture fits one array. */
  public ImageLimits {
    Checks.atLeast("maxBytes", maxBytes, 1);
    Checks.atLeast("maxWidth", maxWidth, 1);
    Checks.atLeast("maxHeight", maxHeight, 1);
    Checks.atLeast("maxPixels", maxPixels, 1);
    if (maxPixels > Integer.MAX_VALUE / 3) {
      throw new IllegalArgumentException(
          "maxPixels " + maxPixels + " above " + Integer.MAX_VALUE / 3);
    }
  }

  /**
   * Refuses a payload of too many bytes.
   *
   * @throws GeometryException with {@link ErrorCode#TOO_LARGE}
   */
  public void checkBytes(long bytes) {
    if (bytes > maxBytes) {
      throw GeometryException.tooLarge(bytes + " bytes, at most " + maxBytes + " allowed");
    }
  }

  /**
   * Refuses sides below 1 or above the limits.
   *
   * @throws GeometryException with {@link ErrorCode#GEOMETRY}
   */
  public void checkSize(long width, long height) {
    if (!(width >= 1 && height >= 1)) {
      throw GeometryException.size(width + "x" + height + ": sides must be at least 1");
    }
    if (width > maxWidth || height > maxHeight || width * height > maxPixels) {
      throw GeometryException.size(
          String.format(
              "%dx%d, at most %dx%d and %d pixels allowed",
              width, height, maxWidth, maxHeight, maxPixels));
    }
  }
}
