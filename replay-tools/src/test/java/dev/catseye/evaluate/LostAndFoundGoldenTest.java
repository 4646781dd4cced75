package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FloatPlane;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Five real Lost and Found frames with Fishyscapes masks, scored by integer arithmetic on their
 * pixels: our numbers against those of the published reference code, run in Python. The pictures
 * may not be shipped, so the test needs {@code CATSEYE_DATA}; {@link DrawnFramesGoldenTest} always
 * runs.
 */
class LostAndFoundGoldenTest {
  private static final Path DATA =
      Path.of(
          Optional.ofNullable(System.getenv("CATSEYE_DATA"))
              .orElse("../../shared/data")); // seen from this module, not from the project's root
  private static final String SEQUENCE = "04_Maurener_Weg_8_000008_";
  private static final List<String> FRAMES =
      List.of("000040", "000100", "000130", "000160", "000190");
  private static final LabelMeaning FISHYSCAPES = new LabelMeaning(List.of(1), List.of(0));

  @BeforeAll
  static void needsTheRealFrames() {
    assumeTrue(
        Files.isDirectory(DATA.resolve("lost_and_found")),
        () -> "skipped: no real Lost and Found frames at %s (set CATSEYE_DATA)".formatted(DATA));
  }

  @Test
  void darkness_givesTheReferenceNumbers() throws IOException {
    EvaluationResult result = evaluate(Fpr95Rule.FIRST_REACHING, (r, g, b) -> 255 - r);

    assertThat(result.pixels().anomaly()).isEqualTo(45_759);
    assertThat(result.pixels().anomaly() + result.pixels().normal()).isEqualTo(8_817_006);
    PixelMetrics pooled = result.pooled().orElseThrow();
    assertThat(pooled.averagePrecision()).isCloseTo(0.0105181916, within(1e-10));
    assertThat(pooled.auroc()).isCloseTo(0.7247362749, within(1e-10));
    assertThat(pooled.fpr95()).isCloseTo(0.7727233083, within(1e-10));
  }

  @Test
  void darkness_givesTheReferenceNumbersByTheOtherRules() throws IOException {
    EvaluationResult closest = evaluate(Fpr95Rule.CLOSEST, (r, g, b) -> 255 - r);
    EvaluationResult interpolated = evaluate(Fpr95Rule.INTERPOLATED, (r, g, b) -> 255 - r);

    assertThat(closest.pooled().orElseThrow().fpr95()).isCloseTo(0.7727233083, within(1e-10));
    assertThat(interpolated.pooled().orElseThrow().fpr95()).isCloseTo(0.7706755402, within(1e-10));
    ImageMean mean = closest.imageMean().orElseThrow();
    assertThat(mean.auroc()).isCloseTo(0.5884838239, within(1e-10));
    assertThat(mean.averagePrecision()).isCloseTo(0.0126031727, within(1e-10));
    assertThat(mean.fpr95()).isCloseTo(0.8000181038, within(1e-10));
  }

  @Test
  void colourfulness_givesTheReferenceNumbers() throws IOException {
    EvaluationResult result = evaluate(Fpr95Rule.FIRST_REACHING, LostAndFoundGoldenTest::spread);

    PixelMetrics pooled = result.pooled().orElseThrow();
    assertThat(pooled.averagePrecision()).isCloseTo(0.0043329656, within(1e-10));
    assertThat(pooled.auroc()).isCloseTo(0.3979062755, within(1e-10));
    assertThat(pooled.fpr95()).isCloseTo(0.9393827354, within(1e-10));
  }

  @Test
  void colourfulness_givesTheReferenceNumbersByTheOtherRules() throws IOException {
    EvaluationResult closest = evaluate(Fpr95Rule.CLOSEST, LostAndFoundGoldenTest::spread);
    EvaluationResult interpolated =
        evaluate(Fpr95Rule.INTERPOLATED, LostAndFoundGoldenTest::spread);

    assertThat(closest.pooled().orElseThrow().fpr95()).isCloseTo(0.9279469612, within(1e-10));
    assertThat(interpolated.pooled().orElseThrow().fpr95()).isCloseTo(0.9327696037, within(1e-10));
    ImageMean mean = closest.imageMean().orElseThrow();
    assertThat(mean.auroc()).isCloseTo(0.4366504466, within(1e-10));
    assertThat(mean.averagePrecision()).isCloseTo(0.0060911443, within(1e-10));
    assertThat(mean.fpr95()).isCloseTo(0.9763671958, within(1e-10));
  }

  private static int spread(int r, int g, int b) {
    return Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
  }

  private static EvaluationResult evaluate(Fpr95Rule rule, PixelScore score) throws IOException {
    Evaluation evaluation = new Evaluation(new EvaluationSettings(CountMode.EXACT, rule, true));
    for (String frame : FRAMES) {
      RgbPlane picture = Decoder.decodeRgb(Files.readAllBytes(picture(frame)), ImageLimits.DEFAULT);
      BytePlane labels =
          Decoder.decodeLabels(Files.readAllBytes(labels(frame)), ImageLimits.DEFAULT);
      evaluation.add(frame, scores(picture, score), labels, FISHYSCAPES);
    }
    return evaluation.result();
  }

  private static FloatPlane scores(RgbPlane picture, PixelScore score) {
    byte[] rgb = picture.toByteArray();
    float[] scores = new float[picture.width() * picture.height()];
    for (int i = 0; i < scores.length; i++) {
      int level = score.of(rgb[3 * i] & 0xff, rgb[3 * i + 1] & 0xff, rgb[3 * i + 2] & 0xff);
      scores[i] = level / 255f;
    }
    return FloatPlane.owning(picture.width(), picture.height(), scores);
  }

  private static Path picture(String frame) {
    return DATA.resolve("lost_and_found/leftImg8bit/test/04_Maurener_Weg_8")
        .resolve(SEQUENCE + frame + "_leftImg8bit.png");
  }

  /** Masks are joined by the frame's name; the number in front is another order. */
  private static Path labels(String frame) throws IOException {
    try (Stream<Path> files = Files.list(DATA.resolve("lost_and_found/fishyscapes_lostandfound"))) {
      return files
          .filter(file -> file.toString().endsWith("_" + SEQUENCE + frame + "_labels.png"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** An integer score of one pixel, 0 to 255. */
  @FunctionalInterface
  private interface PixelScore {
    int of(int r, int g, int b);
  }
}
