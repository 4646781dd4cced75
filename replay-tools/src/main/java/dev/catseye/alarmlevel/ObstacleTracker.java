package dev.catseye.alarmlevel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows obstacles from frame to frame of one drive by their label value and where they are. Ours:
 * instance numbers do not stand on the topic, and not every data set has them or keeps one for the
 * same thing (facts/datasets.md 1.1). A sighting continues the obstacle of its value that was seen
 * at most 10 labelled frames before and that it overlaps, or whose expected place is at most two
 * sizes away; the one seen latest first, then the largest overlap, then the nearest. Used by one
 * thread.
 */
final class ObstacleTracker {
  private static final int PATIENCE_FRAMES = 10;
  private static final double REACH = 2; // sizes of the larger of both
  private static final double LEAST_SIZE_PX = 10;

  private static final Comparator<Pair> ORDER =
      Comparator.comparingInt(Pair::pause)
          .thenComparingDouble(pair -> -pair.overlap())
          .thenComparingDouble(Pair::distance);

  private final List<Obstacle> obstacles = new ArrayList<>();

  private record Pair(
      Obstacle obstacle, int sighting, int pause, double overlap, double distance) {}

  /**
   * The obstacles that the sightings of a frame belong to, in the order of the sightings. Their
   * sightings are not added yet.
   *
   * @param frame number of the frame in the drive, rising
   */
  List<Obstacle> follow(int frame, List<Sighting> sightings) {
    Map<Integer, Obstacle> known = continued(frame, sightings);
    List<Obstacle> found = new ArrayList<>();
    for (int i = 0; i < sightings.size(); i++) {
      Obstacle obstacle = known.get(i);
      if (obstacle == null) {
        obstacle = new Obstacle(frame, sightings.get(i));
        obstacles.add(obstacle);
      }
      found.add(obstacle);
    }
    return found;
  }

  private Map<Integer, Obstacle> continued(int frame, List<Sighting> sightings) {
    List<Pair> pairs = new ArrayList<>();
    for (Obstacle obstacle : obstacles) {
      for (int i = 0; i < sightings.size(); i++) {
        Pair pair = pair(obstacle, frame, i, sightings.get(i));
        if (obstacle.value() == sightings.get(i).value()
            && pair.pause() <= PATIENCE_FRAMES
            && (pair.overlap() > 0 || pair.distance() <= REACH)) {
          pairs.add(pair);
        }
      }
    }
    pairs.sort(ORDER);
    Map<Integer, Obstacle> obstacleOf = new HashMap<>();
    Set<Obstacle> taken = new HashSet<>();
    for (Pair pair : pairs) {
      if (!obstacleOf.containsKey(pair.sighting()) && taken.add(pair.obstacle())) {
        obstacleOf.put(pair.sighting(), pair.obstacle());
      }
    }
    return obstacleOf;
  }

  private static Pair pair(Obstacle obstacle, int frame, int index, Sighting sighting) {
    Outline expected = obstacle.expectedIn(frame);
    Outline here = sighting.outline();
    double overlap = Math.max(here.overlap(expected), here.overlap(obstacle.outline()));
    double columns = Math.abs(here.centreX() - expected.centreX());
    double rows = Math.abs(here.centreY() - expected.centreY());
    double size = Math.max(LEAST_SIZE_PX, Math.max(here.size(), expected.size()));
    return new Pair(
        obstacle, index, frame - obstacle.lastFrame(), overlap, Math.max(columns, rows) / size);
  }

  /** All obstacles so far, in the order of their first frames. */
  List<Obstacle> obstacles() {
    return obstacles;
  }
}
