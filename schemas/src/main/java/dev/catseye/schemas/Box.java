package dev.catseye.schemas;

/**
 * Upright rectangle in pixels of the camera frame.
 *
 * @param x left edge, 0 or more
 * @param y top edge, 0 or more
 * @param width width, 1 or more
 * @param height height, 1 or more
 */
public record Box(int x, int y, int width, int height) {
  public Box {
    Checks.within(x, 0, Frame.MAX_SIDE, "box x");
    Checks.within(y, 0, Frame.MAX_SIDE, "box y");
    Checks.within(width, 1, Frame.MAX_SIDE, "box width");
    Checks.within(height, 1, Frame.MAX_SIDE, "box height");
  }

  /** Area in pixels. */
  public long area() {
    return (long) width * height;
  }

  /** True when the box lies in a picture of that size. */
  public boolean liesIn(int frameWidth, int frameHeight) {
    return x + width <= frameWidth && y + height <= frameHeight;
  }
}
