package dev.catseye.judge;

import dev.catseye.schemas.Box;

/**
 * How the centre of a track moves over the picture, in camera pixels per second of capture time.
 *
 * @param x rightwards
 * @param y downwards
 */
record Motion(double x, double y) {
  /** Nothing known: stays where it is. */
  static final Motion NONE = new Motion(0, 0);

  /**
   * Weight of the newest step. A region's bounds jitter by a few pixels from frame to frame, so one
   * step alone would throw the prediction about.
   */
  private static final double NEWEST = 0.5;

  /** Longest time ahead that is predicted; beyond it a straight line says nothing. */
  private static final double MOST_SECONDS = 1;

  /**
   * The motion after one more step.
   *
   * @param seconds between the two sightings; without time between them nothing changes
   */
  Motion after(Box from, Box to, double seconds) {
    if (seconds <= 0) {
      return this;
    }
    double stepX = (centreX(to) - centreX(from)) / seconds;
    double stepY = (centreY(to) - centreY(from)) / seconds;
    return equals(NONE)
        ? new Motion(stepX, stepY)
        : new Motion(x + NEWEST * (stepX - x), y + NEWEST * (stepY - y));
  }

  /**
   * Where the box is to be expected; it may lie outside of the frame.
   *
   * @param growthPerSecond relative growth of its area, per second
   */
  Bounds expected(Box box, double growthPerSecond, double seconds) {
    double ahead = Math.max(0, Math.min(seconds, MOST_SECONDS));
    double side = Math.sqrt(Math.max(0.25, Math.min(4, 1 + growthPerSecond * ahead)));
    double halfWidth = box.width() * side / 2;
    double halfHeight = box.height() * side / 2;
    double middleX = centreX(box) + x * ahead;
    double middleY = centreY(box) + y * ahead;
    return new Bounds(
        middleX - halfWidth, middleY - halfHeight, middleX + halfWidth, middleY + halfHeight);
  }

  private static double centreX(Box box) {
    return box.x() + box.width() / 2.0;
  }

  private static double centreY(Box box) {
    return box.y() + box.height() / 2.0;
  }
}
