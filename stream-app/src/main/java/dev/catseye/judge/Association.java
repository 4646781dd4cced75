package dev.catseye.judge;

import dev.catseye.schemas.FrameId;
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
  private record Pair(int track, int region, long overlap) {}

  /**
   * Overlaps are compared in steps of this: what differs by rounding alone is equal, and whoever
   * recomputes the pairs finds the same ones.
   */
  private static final double STEP = 1e-6;

  private Association() {}

  /**
   * Pairs tracks with regions, each at most once. A region is compared with where the track is to
   * be expected by its motion, and with where it was last: a thing that stands in the picture and a
   * thing that moves through it are both found. Open alarms come before tracks that are none yet;
   * among equal overlaps the lower indices win, so that the same masks give the same pairs.
   *
   * @param frame the frame of the regions
   * @param leastOverlap least intersection over union of a pair
   * @return index of the region by index of the track
   */
  static Map<Integer, Integer> of(
      List<Track> tracks, FrameId frame, List<Region> regions, float leastOverlap) {
    List<Bounds> bounds = regions.stream().map(region -> Bounds.of(region.box())).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int track = 0; track < tracks.size(); track++) {
      Bounds expected = tracks.get(track).expectedIn(frame);
      Bounds before = Bounds.of(tracks.get(track).region().box());
      for (int region = 0; region < bounds.size(); region++) {
        Bounds here = bounds.get(region);
        long overlap = Math.round(Math.max(here.overlap(expected), here.overlap(before)) / STEP);
        if (overlap >= Math.round(leastOverlap / STEP)) {
          pairs.add(new Pair(track, region, overlap));
        }
      }
    }
    pairs.sort( // stable
        Comparator.comparing((Pair pair) -> !tracks.get(pair.track()).raised())
            .thenComparingLong(pair -> -pair.overlap()));
    Map<Integer, Integer> regionOfTrack = new HashMap<>();
    Set<Integer> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (!regionOfTrack.containsKey(pair.track()) && taken.add(pair.region())) {
        regionOfTrack.put(pair.track(), pair.region());
      }
    }
    return regionOfTrack;
  }
}
