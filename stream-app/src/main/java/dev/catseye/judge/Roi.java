package dev.catseye.judge;

import dev.catseye.schemas.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a camera's frame that is judged: the inside of one or more polygons, whose corners
 * are shares of the frame's width and height, so that it fits frames of any size. Immutable.
 */
final class Roi {
  /** The whole frame. */
  static final Roi WHOLE = new Roi(List.of());

  /** What the text of a region of interest looks like. */
  static final String FORM =
      "polygons such as `0 1, 0.4 0.5, 0.6 0.5, 1 1`: three or more corners x y, each 0 to 1;"
          + " several separated by `;`";

  private record Corner(double x, double y) {}

  private final List<List<Corner>> polygons; // empty: the whole frame

  private Roi(List<List<Corner>> polygons) {
    this.polygons = polygons;
  }

  /**
   * Reads polygons in the {@link #FORM}.
   *
   * @throws IllegalArgumentException if the text is of another form
   */
  static Roi parse(String text) {
    List<List<Corner>> polygons = new ArrayList<>();
    for (String polygon : text.split(";", -1)) {
      List<Corner> corners = new ArrayList<>();
      for (String corner : polygon.split(",", -1)) {
        corners.add(corner(corner.strip()));
      }
      if (corners.size() < 3) {
        throw new IllegalArgumentException(corners.size() + " corners are no polygon");
      }
      polygons.add(List.copyOf(corners));
    }
    return new Roi(List.copyOf(polygons));
  }

  private static Corner corner(String text) {
    String[] numbers = text.split("\\s+", -1);
    if (numbers.length != 2) {
      throw new IllegalArgumentException("'" + text + "' is no corner x y");
    }
    return new Corner(share(numbers[0]), share(numbers[1]));
  }

  private static double share(String text) {
    double value = Double.parseDouble(text);
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(text + " is not between 0 and 1");
    }
    return value;
  }

  /**
   * Whether a region counts: the middle of its lower edge, where a thing on the ground touches it,
   * lies inside a polygon.
   *
   * @param frameWidth columns of the frame
   * @param frameHeight rows of the frame
   */
  boolean holds(Box box, int frameWidth, int frameHeight) {
    double x = (box.x() + box.width() / 2.0) / frameWidth;
    double y = (box.y() + box.height() - 0.5) / frameHeight; // centre of the lowest row
    return polygons.isEmpty() || polygons.stream().anyMatch(polygon -> inside(polygon, x, y));
  }

  /** Even-odd rule: a ray to the right crosses the edges an odd number of times. */
  private static boolean inside(List<Corner> polygon, double x, double y) {
    boolean inside = false;
    Corner from = polygon.get(polygon.size() - 1);
    for (Corner to : polygon) {
      boolean crosses =
          from.y() > y != to.y() > y
              && x < (to.x() - from.x()) * (y - from.y()) / (to.y() - from.y()) + from.x();
      inside ^= crosses;
      from = to;
    }
    return inside;
  }
}
