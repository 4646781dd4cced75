package dev.catseye.alarmlevel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.evaluate.LabelMeaning;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import java.awt.image.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ObstacleTrackerTest {
  private static final LabelMeaning OBSTACLES =
      new LabelMeaning(List.of(9, 10, 21), List.of(1)); // the demo drive's three
  private static final Path LABELS = Path.of("drives/demo/gtCoarse/test/90_Drawn");
  private static final int LEAST_INSTANCE = 1000; // label value * 1000 + number

  private final ObstacleTracker tracker = new ObstacleTracker();

  /** Adds a frame and returns the obstacles of its sightings. */
  private List<Obstacle> frame(int frame, Sighting... sightings) {
    List<Obstacle> found = tracker.follow(frame, List.of(sightings));
    for (int i = 0; i < found.size(); i++) {
      found.get(i).see(frame, sightings[i], ObstacleRule.DEFAULT, true);
    }
    return found;
  }

  private static Sighting at(int value, double x, double y, double size) {
    return new Sighting(value, new Outline(x, y, x + size, y + size), (int) (size * size));
  }

  @Test
  void theDemoDrive_givesTheObstaclesThatItsInstanceNumbersName() throws Exception {
    Map<Obstacle, Set<Integer>> instancesOf = new HashMap<>();
    Map<Integer, Integer> framesOf = new TreeMap<>();
    for (int i = 0; i < 110; i++) {
      String name = "90_Drawn_000000_%06d_gtCoarse_".formatted(i);
      BytePlane labels =
          Decoder.decodeLabels(
              Files.readAllBytes(LABELS.resolve(name + "labelIds.png")), ImageLimits.DEFAULT);
      Raster instances =
          ImageIO.read(LABELS.resolve(name + "instanceIds.png").toFile()).getRaster();
      List<Sighting> sightings = Sightings.of(labels, OBSTACLES);
      List<Obstacle> found = frame(i, sightings.toArray(Sighting[]::new));
      for (int s = 0; s < found.size(); s++) {
        instancesOf
            .computeIfAbsent(found.get(s), obstacle -> new TreeSet<>())
            .addAll(instances(instances, sightings.get(s)));
      }
      instances(instances, new Sighting(0, new Outline(0, 0, 1024, 512), 1))
          .forEach(instance -> framesOf.merge(instance, 1, Integer::sum));
    }

    assertThat(instancesOf.values()).allSatisfy(each -> assertThat(each).hasSize(1));
    Map<Integer, Integer> followed = new TreeMap<>();
    instancesOf.forEach(
        (obstacle, each) ->
            followed.merge(each.iterator().next(), obstacle.frames(), Integer::sum));
    assertThat(followed).isEqualTo(framesOf).hasSize(3);
    assertThat(tracker.obstacles()).hasSize(3);
  }

  private static Set<Integer> instances(Raster raster, Sighting sighting) {
    Set<Integer> found = new TreeSet<>();
    Outline outline = sighting.outline();
    for (int y = (int) outline.top(); y < outline.bottom(); y++) {
      for (int x = (int) outline.left(); x < outline.right(); x++) {
        int sample = raster.getSample(x, y, 0);
        if (sample >= LEAST_INSTANCE) {
          found.add(sample);
        }
      }
    }
    return found;
  }

  @Test
  void anObstacleHiddenFor9Frames_isTheSame() {
    Obstacle before = frame(0, at(9, 50, 50, 20)).get(0);

    assertThat(frame(10, at(9, 52, 51, 20))).containsExactly(before);
  }

  @Test
  void anObstacleAfterALongerPause_isAnother() {
    Obstacle before = frame(0, at(9, 50, 50, 20)).get(0);

    assertThat(frame(11, at(9, 52, 51, 20))).doesNotContain(before);
  }

  @Test
  void aFastObstacle_isFoundWhereItsMotionTakesIt() {
    Obstacle fast = frame(0, at(9, 0, 50, 10)).get(0);
    frame(1, at(9, 20, 50, 10));

    // 20 px per frame: expected at 60, where another one of its kind appears at its old place.
    assertThat(frame(3, at(9, 60, 50, 10), at(9, 5, 90, 10)).get(0)).isSameAs(fast);
  }

  @Test
  void anotherValueAtTheSamePlace_isAnotherObstacle() {
    Obstacle crate = frame(0, at(9, 50, 50, 20)).get(0);

    assertThat(frame(1, at(10, 50, 50, 20))).doesNotContain(crate);
  }

  @Test
  void twoOfOneKind_keepApart() {
    List<Obstacle> before = frame(0, at(9, 20, 50, 20), at(9, 120, 50, 20));

    assertThat(frame(1, at(9, 118, 50, 20), at(9, 22, 50, 20)))
        .containsExactly(before.get(1), before.get(0));
  }

  @Test
  void somethingFarAway_isAnotherObstacle() {
    Obstacle before = frame(0, at(9, 0, 50, 20)).get(0);

    assertThat(frame(1, at(9, 60, 50, 20))).doesNotContain(before); // 60 px, three sizes
  }

  @Test
  void piecesOfOneValueBesideEachOther_areOneSighting() {
    byte[] labels = new byte[60 * 20];
    List<int[]> pieces = new ArrayList<>();
    pieces.add(new int[] {9, 0, 8}); // value, first and behind the last column
    pieces.add(new int[] {9, 10, 18}); // 2 columns off: one with the first
    pieces.add(new int[] {10, 18, 22}); // touches, another value
    pieces.add(new int[] {9, 40, 48}); // 22 columns off
    for (int[] piece : pieces) {
      for (int y = 0; y < 10; y++) {
        for (int x = piece[1]; x < piece[2]; x++) {
          labels[y * 60 + x] = (byte) piece[0];
        }
      }
    }

    assertThat(Sightings.of(BytePlane.owning(60, 20, labels), OBSTACLES))
        .containsExactlyInAnyOrder(
            new Sighting(9, new Outline(0, 0, 18, 10), 160),
            new Sighting(9, new Outline(40, 0, 48, 10), 80),
            new Sighting(10, new Outline(18, 0, 22, 10), 40));
  }
}
