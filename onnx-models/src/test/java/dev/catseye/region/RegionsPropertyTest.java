package dev.catseye.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.image.Box;
import dev.catseye.image.BytePlane;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RegionsPropertyTest {
  private static final Set<Integer> DRIVABLE = Set.of(0, 7);

  @Property
  void regionsPartitionTheCut(
      @ForAll("maps") BytePlane map, @ForAll @IntRange(min = 1, max = 255) int threshold) {
    int pixels = 0;
    for (int value = threshold; value <= 255; value++) {
      pixels += map.count(value);
    }

    assertThat(regions(map, threshold).stream().mapToInt(Region::areaPx).sum()).isEqualTo(pixels);
  }

  @Property
  void transposedMap_hasTransposedRegions(
      @ForAll("maps") BytePlane map, @ForAll @IntRange(min = 1, max = 255) int threshold) {
    List<Box> transposed =
        regions(transposed(map), threshold).stream()
            .map(Region::box)
            .map(box -> new Box(box.y(), box.x(), box.height(), box.width()))
            .toList();

    assertThat(regions(map, threshold))
        .extracting(Region::box)
        .containsExactlyInAnyOrderElementsOf(transposed);
  }

  @Property
  void everyRegion_isWhatAFloodFillFinds(
      @ForAll("maps") BytePlane map,
      @ForAll @IntRange(min = 1, max = 255) int threshold,
      @ForAll long seed) {
    BytePlane classes = noise(map.width(), map.height(), seed);
    RegionRule rule = new RegionRule(threshold, 1, DRIVABLE);

    List<Region> found = Regions.of(map, rule, map.width(), map.height(), Optional.of(classes));

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(FloodFill.of(map, threshold, classes, DRIVABLE));
    assertThat(found)
        .isSortedAccordingTo(Comparator.comparing(Region::peakScore, Comparator.reverseOrder()));
  }

  @Property
  void everyBox_liesInTheFrameAndHoldsItsArea(
      @ForAll("maps") BytePlane map,
      @ForAll @IntRange(min = 1, max = 500) int frameWidth,
      @ForAll @IntRange(min = 1, max = 500) int frameHeight) {
    RegionRule rule = new RegionRule(100, 1, Set.of());

    for (Region region : Regions.of(map, rule, frameWidth, frameHeight, Optional.empty())) {
      Box box = region.box();
      assertThat(box.x() + box.width()).isLessThanOrEqualTo(frameWidth);
      assertThat(box.y() + box.height()).isLessThanOrEqualTo(frameHeight);
      assertThat((long) region.areaPx()).isBetween(1L, box.area());
    }
  }

  /** Noise, often with large flat parts, so that regions of all sizes and shapes come up. */
  @Provide
  Arbitrary<BytePlane> maps() {
    Arbitrary<Integer> side = Arbitraries.integers().between(1, 24);
    Function<Random, Integer> noisy = random -> random.nextInt(256);
    Function<Random, Integer> binary = random -> random.nextInt(3) == 0 ? 0 : 255;
    return Combinators.combine(
            side, side, Arbitraries.longs(), Arbitraries.of(List.of(noisy, binary)))
        .as(
            (width, height, seed, value) -> {
              Random random = new Random(seed);
              byte[] values = new byte[width * height];
              for (int i = 0; i < values.length; i++) {
                values[i] = value.apply(random).byteValue();
              }
              return BytePlane.owning(width, height, values);
            });
  }

  private static List<Region> regions(BytePlane map, int threshold) {
    RegionRule rule = new RegionRule(threshold, 1, Set.of());
    return Regions.of(map, rule, map.width(), map.height(), Optional.empty());
  }

  private static BytePlane transposed(BytePlane map) {
    byte[] values = new byte[map.size()];
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        values[x * map.height() + y] = (byte) map.at(x, y);
      }
    }
    return BytePlane.owning(map.height(), map.width(), values);
  }

  private static BytePlane noise(int width, int height, long seed) {
    Random random = new Random(seed);
    byte[] values = new byte[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) random.nextInt(10);
    }
    return BytePlane.owning(width, height, values);
  }
}
