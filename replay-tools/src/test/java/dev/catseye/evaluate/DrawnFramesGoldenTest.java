package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.image.FloatPlane;
import org.junit.jupiter.api.Test;

/**
 * Four drawn frames with integer scores; the numbers come from {@code drawn_frames.py} beside this
 * test's resources, which draws the same frames and computes in exact fractions.
 */
class DrawnFramesGoldenTest {
  @Test
  void fullSizeScores_giveTheScriptsNumbers() {
    EvaluationResult result = evaluate(Fpr95Rule.FIRST_REACHING, 1);

    assertThat(result.pixels()).isEqualTo(new EvaluationResult.Pixels(1_258, 42_902, 17_280, 0));
    assertThat(result.frames()).isEqualTo(new EvaluationResult.Frames(4, 1, 1));
    PixelMetrics pooled = result.pooled().orElseThrow();
    assertThat(pooled.averagePrecision()).isCloseTo(0.7905122210159221, within(1e-14));
    assertThat(pooled.auroc()).isCloseTo(0.981088142317771, within(1e-14));
    assertThat(pooled.fpr95()).isCloseTo(0.10458719873199385, within(1e-14));
    assertMean(result, 0.8214230214934857, 0.9792699982867512, 0.1387651857112035);
  }

  @Test
  void fullSizeScores_giveTheScriptsNumbersByTheOtherRules() {
    EvaluationResult closest = evaluate(Fpr95Rule.CLOSEST, 1);
    EvaluationResult interpolated = evaluate(Fpr95Rule.INTERPOLATED, 1);

    assertThat(closest.pooled().orElseThrow().fpr95())
        .isCloseTo(0.09813062328096592, within(1e-14));
    assertThat(interpolated.pooled().orElseThrow().fpr95())
        .isCloseTo(0.10098996383784972, within(1e-14));
    assertMean(closest, 0.8214230214934857, 0.9792699982867512, 0.13536328697702626);
    assertMean(interpolated, 0.8214230214934857, 0.9792699982867512, 0.13578588444504092);
  }

  @Test
  void quarterSizeMaps_areEnlargedAsPillowDoes() {
    EvaluationResult result = evaluate(Fpr95Rule.FIRST_REACHING, 4);

    PixelMetrics pooled = result.pooled().orElseThrow();
    assertThat(pooled.averagePrecision()).isCloseTo(0.7076741818081896, within(1e-14));
    assertThat(pooled.auroc()).isCloseTo(0.951753067348597, within(1e-14));
    assertThat(pooled.fpr95()).isCloseTo(0.3207309682532283, within(1e-14));
    assertMean(result, 0.7167586554318063, 0.9504785207866177, 0.3123271619305199);
  }

  @Test
  void histogramOfIntegerScores_isExact() {
    Evaluation histogram =
        new Evaluation(new EvaluationSettings(CountMode.HISTOGRAM, Fpr95Rule.FIRST_REACHING, true));
    add(histogram, 1);

    PixelMetrics pooled = histogram.result().pooled().orElseThrow();
    assertThat(pooled.averagePrecision()).isCloseTo(0.7905122210159221, within(1e-14));
    assertThat(pooled.auroc()).isCloseTo(0.981088142317771, within(1e-14));
    assertThat(pooled.fpr95()).isCloseTo(0.10458719873199385, within(1e-14));
  }

  private static EvaluationResult evaluate(Fpr95Rule rule, int step) {
    Evaluation evaluation = new Evaluation(new EvaluationSettings(CountMode.EXACT, rule, true));
    add(evaluation, step);
    return evaluation.result();
  }

  private static void add(Evaluation evaluation, int step) {
    for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
      evaluation.add(
          "frame " + frame,
          FloatPlane.ofBytes(DrawnFrames.levels(frame, step)),
          DrawnFrames.labels(frame),
          DrawnFrames.MEANING);
    }
  }

  private static void assertMean(
      EvaluationResult result, double averagePrecision, double auroc, double fpr95) {
    ImageMean mean = result.imageMean().orElseThrow();
    assertThat(mean.frames()).isEqualTo(2);
    assertThat(mean.averagePrecision()).isCloseTo(averagePrecision, within(1e-14));
    assertThat(mean.auroc()).isCloseTo(auroc, within(1e-14));
    assertThat(mean.fpr95()).isCloseTo(fpr95, within(1e-14));
  }
}
