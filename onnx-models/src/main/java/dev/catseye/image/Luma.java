package dev.catseye.image;

/**
 * How bright a picture is and how much it varies: a covered lens is dark and flat.
 *
 * <p>Luma is 0.299 R + 0.587 G + 0.114 B (Source: ITU-R BT.601-7).
 *
 * @param mean of all pixels, 0 to 255
 * @param spread standard deviation over all pixels, 0 to 127.5
 */
public record Luma(double mean, double spread) {
  /** Measures every pixel of {@code picture}. */
  public static Luma of(RgbPlane picture) {
    byte[] row = new byte[3 * picture.width()];
    double sum = 0;
    double squares = 0;
    for (int y = 0; y < picture.height(); y++) {
      picture.copyRow(y, row);
      for (int i = 0; i < row.length; i += 3) {
        double luma =
            0.299 * (row[i] & 0xFF) + 0.587 * (row[i + 1] & 0xFF) + 0.114 * (row[i + 2] & 0xFF);
        sum += luma;
        squares += luma * luma;
      }
    }
    long pixels = (long) picture.width() * picture.height();
    double mean = sum / pixels;
    return new Luma(mean, Math.sqrt(Math.max(0, squares / pixels - mean * mean)));
  }
}
