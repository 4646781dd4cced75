package dev.catseye.alarmlevel;

/**
 * One obstacle in one labelled frame.
 *
 * @param value label value of its pixels, 0 to 255
 * @param outline bounds in camera pixels
 * @param areaPx pixels of that value, 1 or more
 */
record Sighting(int value, Outline outline, int areaPx) {
  private static final double LEAST_GAP_PX = 2;
  private static final double GAP_OF_SIZE = 0.25;

  /**
   * Whether two pieces of one frame belong to one obstacle: equal values, and a gap of no more than
   * 2 pixels or a quarter of the larger one's size. A void rim, a hole or a thin thing in front
   * parts an obstacle into such pieces.
   */
  boolean belongsTo(Sighting other) {
    double size = Math.max(outline.size(), other.outline.size());
    return value == other.value
        && outline.gap(other.outline) <= Math.max(LEAST_GAP_PX, GAP_OF_SIZE * size);
  }

  /** Both pieces as one. */
  Sighting with(Sighting other) {
    return new Sighting(value, outline.around(other.outline), areaPx + other.areaPx);
  }
}
