package dev.catseye.image;

/**
 * A rectangle of pixels.
 *
 * @param x left column, at least 0
 * @param y top row, at least 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Box(int x, int y, int width, int height) {
  /** Checks that the box is not empty and not negative. */
  public Box {
    Checks.atLeast("box x", x, 0);
    Checks.atLeast("box y", y, 0);
    Checks.atLeast("box width", width, 1);
    Checks.atLeast("box height", height, 1);
  }

  /** Pixels inside. */
  public long area() {
    return (long) width * height;
  }
}
