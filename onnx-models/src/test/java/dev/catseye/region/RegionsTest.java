package dev.catseye.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.image.Box;
import dev.catseye.image.BytePlane;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionsTest {
  private static final RegionRule ALL = new RegionRule(1, 1, Set.of());

  @Test
  void mapBelowTheThreshold_hasNoRegion() {
    assertThat(regions("....", "....")).isEmpty();
  }

  @Test
  void diagonalNeighbours_areOneRegion() {
    assertThat(regions("9...", ".9..", "9...")).extracting(Region::areaPx).containsExactly(3);
  }

  @Test
  void pixelsOneColumnApart_areTwoRegions() {
    assertThat(regions("9.9", "9.9"))
        .extracting(Region::box)
        .containsExactly(new Box(0, 0, 1, 2), new Box(2, 0, 1, 2));
  }

  @Test
  void armsThatMeetFurtherDown_areOneRegion() {
    assertThat(
            regions(
                "9.9.9", //
                "9.9.9", "99.99", "..9.."))
        .singleElement()
        .satisfies(region -> assertThat(region.areaPx()).isEqualTo(11))
        .satisfies(region -> assertThat(region.box()).isEqualTo(new Box(0, 0, 5, 4)));
  }

  @Test
  void regions_comeByPeakThenAreaThenPlace() {
    assertThat(
            regions(
                "5.7.99", //
                "......", "7.9..5"))
        .extracting(region -> region.box().x() + "," + region.box().y())
        .containsExactly("4,0", "2,2", "2,0", "0,2", "0,0", "5,2");
  }

  @Test
  void region_isMeasuredInCameraPixels() {
    BytePlane map = map("....", ".98.", "....");
    RegionRule rule = new RegionRule(1, 1, Set.of());

    // A frame of 10x7 behind a map of 4x3: a map pixel covers 2.5 x 2.33 camera pixels.
    assertThat(Regions.of(map, rule, 10, 7, Optional.empty()))
        .containsExactly(
            new Region(new Box(2, 2, 6, 3), 12, 9 * 28 / 255f, OptionalDouble.empty()));
  }

  @Test
  void regionAtTheEdge_endsAtTheFrame() {
    BytePlane map = map("..9", "..9");

    assertThat(Regions.of(map, ALL, 1000, 333, Optional.empty()))
        .extracting(Region::box)
        .containsExactly(new Box(666, 0, 334, 333));
  }

  @Test
  void mapLargerThanTheFrame_stillGivesWholePixels() {
    BytePlane map = map("9...", "....", "....", "...9");

    assertThat(Regions.of(map, ALL, 2, 2, Optional.empty()))
        .extracting(Region::box, Region::areaPx)
        .containsExactly(tuple(new Box(0, 0, 1, 1), 1), tuple(new Box(1, 1, 1, 1), 1));
  }

  @Test
  void smallRegion_isLeftOut() {
    BytePlane map = map("9.99", "..99");
    RegionRule rule = new RegionRule(1, 8, Set.of()); // 2 map pixels of 2x2

    assertThat(Regions.of(map, rule, 8, 4, Optional.empty()))
        .extracting(Region::areaPx)
        .containsExactly(16);
  }

  @Test
  void ring_isTheEightNeighboursOutside() {
    BytePlane map =
        map(
            "....", //
            ".99.", "....");
    BytePlane classes =
        map(
            "1100", //
            "0000", "1111");

    // 10 neighbours: 4 above (1 1 0 0), 2 beside (0 0), 4 below (1 1 1 1).
    assertThat(drivable(map, classes)).hasValueCloseTo(6 / 10.0, within(1e-12));
  }

  @Test
  void ringPixelBesideTwoRunsOfARegion_countsOnce() {
    BytePlane map =
        map(
            "9.9", //
            "999", "...");
    BytePlane classes =
        map(
            "010", //
            "000", "000");

    assertThat(drivable(map, classes)).hasValueCloseTo(1 / 4.0, within(1e-12));
  }

  @Test
  void regionThatFillsTheMap_hasNoRing() {
    assertThat(drivable(map("99", "99"), map("11", "11"))).isEmpty();
  }

  @Test
  void classMapOfAnotherSize_isRefused() {
    assertThatThrownBy(() -> Regions.of(map("99"), ALL, 2, 1, Optional.of(map("9"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("class map BytePlane 1x1 beside score map BytePlane 2x1");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.2, 51", "0.5, 128", "0.502, 129", "1, 255", "0.0001, 1"})
  void threshold_selectsTheBytesWhoseScoreReachesIt(float threshold, int least) {
    assertThat(RegionRule.thresholdByte(threshold)).isEqualTo(least);
  }

  @Test
  void scoreOfAByteAsThreshold_selectsThatByte() {
    for (int value = 0; value <= 255; value++) {
      assertThat(RegionRule.thresholdByte(value / 255f)).isEqualTo(value);
    }
  }

  @Test
  void ruleOutsideItsRanges_isRefused() {
    assertThatThrownBy(() -> RegionRule.of(Float.NaN, 1, Set.of()))
        .hasMessage("threshold NaN outside [0, 1]");
    assertThatThrownBy(() -> new RegionRule(257, 1, Set.of()))
        .hasMessage("thresholdByte 257 outside [0, 256]");
    assertThatThrownBy(() -> new RegionRule(1, 0, Set.of())).hasMessage("minAreaPx 0 below 1");
  }

  private static OptionalDouble drivable(BytePlane map, BytePlane classes) {
    RegionRule rule = new RegionRule(1, 1, Set.of(28)); // the digit 1
    List<Region> regions = Regions.of(map, rule, map.width(), map.height(), Optional.of(classes));
    assertThat(regions).hasSize(1);
    return regions.get(0).drivableFraction();
  }

  private static List<Region> regions(String... rows) {
    BytePlane map = map(rows);
    return Regions.of(map, ALL, map.width(), map.height(), Optional.empty());
  }

  /** One digit per pixel, worth 28 each; dots are 0. */
  private static BytePlane map(String... rows) {
    byte[] values = new byte[rows.length * rows[0].length()];
    for (int i = 0; i < values.length; i++) {
      char digit = rows[i / rows[0].length()].charAt(i % rows[0].length());
      values[i] = (byte) (digit == '.' ? 0 : 28 * (digit - '0'));
    }
    return BytePlane.owning(rows[0].length(), rows.length, values);
  }
}
