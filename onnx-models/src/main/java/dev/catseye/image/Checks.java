package dev.catseye.image;

/** Argument checks with the numbers in the message. */
final class Checks {
  private Checks() {}

  /** Throws {@link IllegalArgumentException} unless {@code value} is at least {@code least}. */
  static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " " + value + " below " + least);
    }
  }

  /** The sides are at least 1 and the array holds exactly {@code channels} values per pixel. */
  static void plane(int width, int height, int channels, int length) {
    atLeast("plane width", width, 1);
    atLeast("plane height", height, 1);
    long expected = (long) width * height * channels;
    if (length != expected) {
      throw new IllegalArgumentException(
          String.format(
              "plane of %dx%dx%d holds %d values, expected %d",
              width, height, channels, length, expected));
    }
  }
}
