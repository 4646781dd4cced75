package dev.catseye.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of each camera's frame in which regions count: polygons whose corners are shares of the
 * frame's width and height. Immutable.
 *
 * @param others polygons of the cameras that are not named; none for the whole frame
 * @param byCamera polygons of those that are
 */
record RoadParts(List<List<Corner>> others, Map<String, List<List<Corner>>> byCamera) {
  private static final String KEY = "alarm.roi";

  /** A corner as shares of width and height, 0 to 1. */
  record Corner(double x, double y) {}

  static RoadParts of(ServiceSettings settings) {
    Map<String, List<List<Corner>>> named = new HashMap<>();
    settings.group(KEY + ".").forEach((camera, text) -> named.put(camera, polygons(text)));
    return new RoadParts(
        settings.text(KEY).map(RoadParts::polygons).orElse(List.of()), Map.copyOf(named));
  }

  /** Whether the middle of the lowest row of pixels of the box lies inside a polygon. */
  boolean hold(String camera, SeenMask.Region box, int frameWidth, int frameHeight) {
    List<List<Corner>> polygons = byCamera.getOrDefault(camera, others);
    double x = (box.x() + box.width() / 2.0) / frameWidth;
    double y = (box.y() + box.height() - 0.5) / frameHeight;
    return polygons.isEmpty() || polygons.stream().anyMatch(polygon -> inside(polygon, x, y));
  }

  /** Even-odd rule: a ray to the right crosses the edges an odd number of times. */
  private static boolean inside(List<Corner> polygon, double x, double y) {
    int crossings = 0;
    for (int i = 0; i < polygon.size(); i++) {
      Corner to = polygon.get(i);
      Corner from = polygon.get((i + polygon.size() - 1) % polygon.size());
      boolean spans = from.y() > y != to.y() > y;
      if (spans && x < (to.x() - from.x()) * (y - from.y()) / (to.y() - from.y()) + from.x()) {
        crossings++;
      }
    }
    return crossings % 2 == 1;
  }

  private static List<List<Corner>> polygons(String text) {
    List<List<Corner>> polygons = new ArrayList<>();
    for (String polygon : text.split(";", -1)) {
      List<Corner> corners = new ArrayList<>();
      for (String corner : polygon.split(",", -1)) {
        String[] numbers = corner.strip().split("\\s+", -1);
        if (numbers.length != 2) {
          throw new IllegalArgumentException("'" + corner + "' is no corner x y");
        }
        corners.add(new Corner(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
      }
      polygons.add(List.copyOf(corners));
    }
    return List.copyOf(polygons);
  }
}
