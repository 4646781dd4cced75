package dev.catseye.judge;

import dev.catseye.schemas.Box;
import dev.catseye.schemas.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides which region of a frame continues which track: the largest overlap first. */
final class Association {
  private record Pair(int track, int region, double overlap) {}

  private Association() {}

  /**
   * Pairs tracks with regions, each at most once; among equal overlaps the lower indices win, so
   * that the same masks give the same pairs.
   *
   * @param leastOverlap least intersection over union of a pair
   * @return index of the region by index of the track
   */
  static Map<Integer, Integer> of(List<Track> tracks, List<Region> regions, float leastOverlap) {
    List<Pair> pairs = new ArrayList<>();
    for (int track = 0; track < tracks.size(); track++) {
      for (int region = 0; region < regions.size(); region++) {
        double overlap = overlap(tracks.get(track).region().box(), regions.get(region).box());
        if (overlap >= leastOverlap) {
          pairs.add(new Pair(track, region, overlap));
        }
      }
    }
    pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.overlap())); // stable
    Map<Integer, Integer> regionOfTrack = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (!regionOfTrack.containsKey(pair.track()) && taken.add(pair.region())) {
        regionOfTrack.put(pair.track(), pair.region());
      }
    }
    return regionOfTrack;
  }

  /** Intersection over union of two boxes, 0 to 1. */
  static double overlap(Box a, Box b) {
    int width = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    int height = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    if (width <= 0 || height <= 0) {
      return 0;
    }
    long intersection = (long) width * height;
    return (double) intersection / (a.area() + b.area() - intersection);
  }
}
