package dev.catseye.region;

import dev.catseye.image.Box;
import dev.catseye.image.BytePlane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Regions the slow and plain way: fill from a pixel, look at every neighbour. */
final class FloodFill {
  private final BytePlane map;
  private final int threshold;
  private final Set<Integer> visited = new HashSet<>();

  private FloodFill(BytePlane map, int threshold) {
    this.map = map;
    this.threshold = threshold;
  }

  /** All regions of {@code map}, a frame of its size, in no particular order. */
  static List<Region> of(BytePlane map, int threshold, BytePlane classes, Set<Integer> drivable) {
    FloodFill fill = new FloodFill(map, threshold);
    List<Region> regions = new ArrayList<>();
    for (int at = 0; at < map.size(); at++) {
      if (fill.isSet(at) && !fill.visited.contains(at)) {
        regions.add(fill.region(at, classes, drivable));
      }
    }
    return regions;
  }

  private Region region(int start, BytePlane classes, Set<Integer> drivable) {
    Set<Integer> pixels = new HashSet<>();
    Set<Integer> ring = new HashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    visited.add(start);
    while (!open.isEmpty()) {
      int at = open.pop();
      pixels.add(at);
      for (int next : neighbours(at)) {
        if (!isSet(next)) {
          ring.add(next);
        } else if (visited.add(next)) {
          open.push(next);
        }
      }
    }
    int left = pixels.stream().mapToInt(at -> at % map.width()).min().orElseThrow();
    int right = pixels.stream().mapToInt(at -> at % map.width()).max().orElseThrow();
    int top = pixels.stream().mapToInt(at -> at / map.width()).min().orElseThrow();
    int bottom = pixels.stream().mapToInt(at -> at / map.width()).max().orElseThrow();
    int peak = pixels.stream().mapToInt(at -> value(map, at)).max().orElseThrow();
    long onDrivable = ring.stream().filter(at -> drivable.contains(value(classes, at))).count();
    return new Region(
        new Box(left, top, right - left + 1, bottom - top + 1),
        pixels.size(),
        peak / 255f,
        ring.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of((double) onDrivable / ring.size()));
  }

  private List<Integer> neighbours(int at) {
    List<Integer> neighbours = new ArrayList<>();
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int x = at % map.width() + dx;
        int y = at / map.width() + dy;
        if ((dx != 0 || dy != 0) && x >= 0 && x < map.width() && y >= 0 && y < map.height()) {
          neighbours.add(y * map.width() + x);
        }
      }
    }
    return neighbours;
  }

  private boolean isSet(int at) {
    return value(map, at) >= threshold;
  }

  private static int value(BytePlane plane, int at) {
    return plane.at(at % plane.width(), at / plane.width());
  }
}
