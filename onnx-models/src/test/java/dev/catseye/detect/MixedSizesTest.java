package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.bundle.Bundle;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.Plane;
import dev.catseye.image.RgbPlane;
import dev.catseye.region.Region;
import dev.catseye.region.RegionRule;
import dev.catseye.region.Regions;
import dev.catseye.testing.Resources;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The bundle {@code mixed/}: SynBoost Light in miniature, whose segmentation works at 128x64 and
 * whose other networks at 64x32.
 */
class MixedSizesTest {
  private static final Bundle MIXED = Bundle.open(Resources.path("mixed"));

  @Test
  void goldenMapsOfBothSizes_areAnsweredAsTheAuthorSaw() {
    List<String> plans = List.of("synboost-light", "resynthesis", "entropy");
    try (OnnxDetector detector = open(plans, Set.of("class_map"))) {
      GoldenResult result = detector.checkGolden();

      assertThat(result.passed()).as(result.summary()).isTrue();
      assertThat(result.outputs())
          .extracting(GoldenResult.Measured::output)
          .containsExactly(
              "synboost-light.anomaly",
              "resynthesis.anomaly",
              "entropy.anomaly",
              "class_map",
              "semantic");
    }
  }

  @Test
  void plans_haveMapsAtTheirOwnSizes() {
    try (OnnxDetector detector = open(List.of("synboost-light", "entropy"), Set.of())) {
      Detection detection = detector.detect(frame());

      assertThat(detection.anomaly().get("synboost-light")).hasToString("BytePlane 64x32");
      assertThat(detection.anomaly().get("entropy")).hasToString("BytePlane 128x64");
      assertThat(detection.classMap().orElseThrow()).hasToString("BytePlane 64x32");
      assertThat(detector.info().mapWidth()).isEqualTo(64);
      assertThat(detector.info().mapHeight()).isEqualTo(32);
    }
  }

  @Test
  void eachPlan_isFollowedByRegionsWithTheirDrivableShare() {
    RegionRule rule = RegionRule.of(0.3f, 1, MIXED.labels().drivableIndices());
    for (String plan : List.of("synboost-light", "resynthesis", "entropy")) {
      try (OnnxDetector detector = open(List.of(plan), Set.of())) {
        RgbPlane frame = frame();
        Detection detection = detector.detect(frame);
        BytePlane map = detection.anomaly().get(plan);

        List<Region> regions =
            Regions.of(map, rule, frame.width(), frame.height(), detection.classMap());

        assertThat(regions)
            .as(plan)
            .isNotEmpty()
            .anyMatch(region -> region.drivableFraction().isPresent());
      }
    }
  }

  @Test
  void everyKindOfOutput_isGivenOnRequest() {
    Set<String> names =
        Set.of("entropy", "distance", "perceptual", "synthesis", "semantic", "class_map", "q");
    try (OnnxDetector detector = open(List.of("synboost-light"), names)) {
      Map<String, Plane> extras = detector.detect(frame()).extras();

      assertThat(extras).containsOnlyKeys(names);
      assertThat(extras.get("entropy")).hasToString("BytePlane 128x64");
      assertThat(extras.get("distance")).hasToString("BytePlane 128x64");
      assertThat(extras.get("perceptual")).hasToString("BytePlane 64x32");
      assertThat(extras.get("synthesis")).hasToString("RgbPlane 64x32");
      assertThat(extras.get("q")).hasToString("FloatPlane 64x32");
      BytePlane classes = (BytePlane) extras.get("class_map");
      BytePlane semantic = (BytePlane) extras.get("semantic");
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 64; x++) {
          assertThat(semantic.at(x, y)).isEqualTo(classes.at(2 * x + 1, 2 * y + 1));
        }
      }
    }
  }

  @Test
  void score_isTheMixOfItsParts() {
    Set<String> names = Set.of("q", "entropy", "synboost-light.score");
    try (OnnxDetector detector = open(List.of("synboost-light"), names)) {
      Detection detection = detector.detect(frame());

      FloatPlane q = (FloatPlane) detection.extras().get("q");
      BytePlane entropy = (BytePlane) detection.extras().get("entropy");
      FloatPlane score = (FloatPlane) detection.extras().get("synboost-light.score");
      BytePlane anomaly = detection.anomaly().get("synboost-light");
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 64; x++) {
          float expected = 0.75f * q.at(x, y) + 0.25f * entropy.at(2 * x + 1, 2 * y + 1) / 255f;
          assertThat(Math.abs(score.at(x, y) - expected)).isLessThan(1e-6f);
          assertThat(anomaly.at(x, y)).isEqualTo((int) (255 * score.at(x, y)));
        }
      }
    }
  }

  @Test
  void batch_givesWhatSingleRunsGiveOnEveryOutput() {
    Set<String> names = Set.of("entropy", "synthesis", "perceptual", "q");
    try (OnnxDetector detector = open(List.of("synboost-light", "entropy"), names)) {
      List<RgbPlane> frames = List.of(frame(), upsideDown(frame()), frame());

      List<Detection> batch = detector.detect(frames);

      for (int i = 0; i < frames.size(); i++) {
        Detection single = detector.detect(frames.get(i));
        assertThat(batch.get(i).anomaly()).isEqualTo(single.anomaly());
        assertThat(batch.get(i).classMap()).isEqualTo(single.classMap());
        assertThat(batch.get(i).extras()).isEqualTo(single.extras());
      }
    }
  }

  private static OnnxDetector open(List<String> plans, Set<String> optionalOutputs) {
    return OnnxDetector.open(
        MIXED, new DetectorConfig(Provider.CPU, false, 1, plans, optionalOutputs));
  }

  private static RgbPlane frame() {
    return Decoder.decodeRgb(MIXED.golden().orElseThrow().frameBytes(), ImageLimits.DEFAULT);
  }

  private static RgbPlane upsideDown(RgbPlane frame) {
    byte[] values = new byte[frame.sizeBytes()];
    byte[] row = new byte[3 * frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      frame.copyRow(y, row);
      System.arraycopy(row, 0, values, (frame.height() - 1 - y) * row.length, row.length);
    }
    return RgbPlane.owning(frame.width(), frame.height(), values);
  }
}
