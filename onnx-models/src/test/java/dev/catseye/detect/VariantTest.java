package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.bundle.Bundle;
import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import dev.catseye.testing.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs of narrower arithmetic, written by {@code catseye-models compose --precision}. */
class VariantTest {
  @ParameterizedTest
  @ValueSource(strings = {"fp16", "int8"})
  void variant_isOpenedProvenAndNamedByItsPrecision(String precision) {
    Bundle bundle = Bundle.open(Resources.path("toy-" + precision));
    try (OnnxDetector detector = OnnxDetector.open(bundle, DetectorConfig.onCpu(1))) {
      GoldenResult golden = detector.checkGolden();

      assertThat(golden.passed()).as(golden.summary()).isTrue();
      assertThat(bundle.graph(bundle.defaultPlan()).precision()).isEqualTo(precision);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fp16", "int8"})
  void strangeColour_stillScoresHigherThanRoad(String precision) {
    Bundle bundle = Bundle.open(Resources.path("toy-" + precision));
    RgbPlane frame =
        Decoder.decodeRgb(bundle.golden().orElseThrow().frameBytes(), ImageLimits.DEFAULT);
    try (OnnxDetector detector = OnnxDetector.open(bundle, DetectorConfig.onCpu(1))) {
      Detection detection = detector.detect(frame); // 128x64, box at (60..75, 40..51)

      BytePlane map = detection.anomaly().get("entropy");
      assertThat(map.at(34, 23)).as("box").isGreaterThan(map.at(10, 25) + 20);
      BytePlane classes = detection.classMap().orElseThrow();
      assertThat(classes.at(10, 28)).as("road").isEqualTo(0);
      assertThat(classes.at(10, 3)).as("sky").isEqualTo(2);
    }
  }
}
