package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.evaluate.BruteForceMetrics.Pixel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the scores are, the metrics keep these laws. */
class PixelMetricsPropertyTest {

  @Property(tries = 400)
  void anyScores_agreeWithTheDefinition(
      @ForAll("pixels") List<Pixel> pixels, @ForAll Fpr95Rule rule) {
    PixelMetrics metrics = exact(pixels, rule);

    BruteForceMetrics expected = new BruteForceMetrics(pixels);
    assertThat(metrics.averagePrecision()).isCloseTo(expected.averagePrecision(), within(1e-12));
    assertThat(metrics.auroc()).isCloseTo(expected.auroc(), within(1e-12));
    assertThat(metrics.fpr95()).isCloseTo(expected.fpr95(rule), within(1e-12));
  }

  @Property(tries = 100)
  void anyOrderOfPixelsAndParts_givesTheSameNumbers(
      @ForAll("pixels") List<Pixel> pixels, @ForAll Fpr95Rule rule, @ForAll Random random) {
    List<Pixel> shuffled = new ArrayList<>(pixels);
    Collections.shuffle(shuffled, random);
    int cut = random.nextInt(pixels.size() + 1);
    ScoreCounts merged = counts(new ExactCounts(), shuffled.subList(cut, pixels.size()));
    merged.merge(counts(new ExactCounts(), shuffled.subList(0, cut)));

    assertThat(PixelMetrics.of(merged, rule)).contains(exact(pixels, rule));
  }

  @Property(tries = 100)
  void anyOrderOfHistograms_givesTheSameNumbers(
      @ForAll("pixels") List<Pixel> pixels, @ForAll Fpr95Rule rule, @ForAll Random random) {
    int cut = random.nextInt(pixels.size() + 1);
    ScoreCounts merged = counts(new HistogramCounts(), pixels.subList(cut, pixels.size()));
    merged.merge(counts(new HistogramCounts(), pixels.subList(0, cut)));

    assertThat(PixelMetrics.of(merged, rule))
        .isEqualTo(PixelMetrics.of(counts(new HistogramCounts(), pixels), rule));
  }

  @Property(tries = 200)
  void aRisingFunctionOfTheScores_changesNoMetric(
      @ForAll("pixels") List<Pixel> pixels, @ForAll Fpr95Rule rule) {
    List<Pixel> transformed =
        map(pixels, pixel -> new Pixel(8 * pixel.score() - 3, pixel.anomaly()));

    PixelMetrics before = exact(pixels, rule);
    PixelMetrics after = exact(transformed, rule);
    assertThat(after.averagePrecision()).isEqualTo(before.averagePrecision());
    assertThat(after.auroc()).isEqualTo(before.auroc());
    assertThat(after.fpr95()).isEqualTo(before.fpr95());
  }

  @Property(tries = 200)
  void reversedScores_turnAurocAround(@ForAll("pixels") List<Pixel> pixels) {
    List<Pixel> reversed = map(pixels, pixel -> new Pixel(-pixel.score(), pixel.anomaly()));

    assertThat(exact(reversed, Fpr95Rule.FIRST_REACHING).auroc())
        .isCloseTo(1 - exact(pixels, Fpr95Rule.FIRST_REACHING).auroc(), within(1e-12));
  }

  @Property(tries = 200)
  void oneScoreForAllPixels_givesTheShareOfAnomaliesAndOneHalf(
      @ForAll("pixels") List<Pixel> pixels) {
    List<Pixel> tied = map(pixels, pixel -> new Pixel(0.25f, pixel.anomaly()));

    PixelMetrics metrics = exact(tied, Fpr95Rule.FIRST_REACHING);
    assertThat(metrics.averagePrecision())
        .isCloseTo(metrics.anomalies() / (double) pixels.size(), within(1e-15));
    assertThat(metrics.auroc()).isEqualTo(0.5);
    assertThat(metrics.fpr95()).isEqualTo(1);
  }

  @Property(tries = 300)
  void aHistogram_isWithinItsOwnBoundOfTheExactCurve(@ForAll("fine") List<Pixel> pixels) {
    PixelMetrics exact = exact(pixels, Fpr95Rule.FIRST_REACHING);
    PixelMetrics histogram =
        PixelMetrics.of(counts(new HistogramCounts(), pixels), Fpr95Rule.FIRST_REACHING)
            .orElseThrow();

    assertThat(histogram.fpr95()).isGreaterThanOrEqualTo(exact.fpr95() - 1e-15);
    assertThat(histogram.fpr95() - exact.fpr95())
        .isLessThanOrEqualTo(histogram.fpr95Resolution() + 1e-15);
    assertThat(histogram.auroc()).isCloseTo(exact.auroc(), within(tiedPairs(pixels) / 2 + 1e-12));
  }

  @Property(tries = 200)
  void scoresOnTheGridOfTheBins_makeTheHistogramExact(
      @ForAll("pixels") List<Pixel> pixels, @ForAll Fpr95Rule rule) {
    List<Pixel> grid =
        map(pixels, pixel -> new Pixel((float) (int) (pixel.score() * 63) / 64, pixel.anomaly()));

    PixelMetrics histogram =
        PixelMetrics.of(counts(new HistogramCounts(), grid), rule).orElseThrow();
    assertThat(histogram).isEqualTo(exact(grid, rule));
  }

  /** Share of the (anomaly, normal) pairs that fall into one bin. */
  private static double tiedPairs(List<Pixel> pixels) {
    double[] pairs = {0};
    counts(new HistogramCounts(), pixels)
        .descending((score, anomalies, normals) -> pairs[0] += (double) anomalies * normals);
    long anomalies = pixels.stream().filter(Pixel::anomaly).count();
    return pairs[0] / ((double) anomalies * (pixels.size() - anomalies));
  }

  private static PixelMetrics exact(List<Pixel> pixels, Fpr95Rule rule) {
    return PixelMetrics.of(counts(new ExactCounts(), pixels), rule).orElseThrow();
  }

  private static ScoreCounts counts(ScoreCounts counts, List<Pixel> pixels) {
    pixels.forEach(pixel -> counts.add(pixel.score(), pixel.anomaly()));
    return counts;
  }

  private static List<Pixel> map(List<Pixel> pixels, UnaryOperator<Pixel> change) {
    return pixels.stream().map(change).toList();
  }

  /** Few levels, so many ties; in 0 to 1; at least one pixel of each class. */
  @Provide
  Arbitrary<List<Pixel>> pixels() {
    return mixed(Arbitraries.integers().between(0, 40).map(level -> level / 40f), 60);
  }

  /** Scores that crowd into a few bins of the histogram. */
  @Provide
  Arbitrary<List<Pixel>> fine() {
    return mixed(Arbitraries.integers().between(0, 4000).map(step -> 0.5f + step * 1e-7f), 60);
  }

  private static Arbitrary<List<Pixel>> mixed(Arbitrary<Float> scores, int most) {
    Arbitrary<Pixel> pixel =
        Combinators.combine(scores, Arbitraries.of(true, false)).as(Pixel::new);
    return Combinators.combine(pixel.list().ofMaxSize(most), scores, scores)
        .as(
            (pixels, anomaly, normal) -> {
              List<Pixel> all = new ArrayList<>(pixels);
              all.add(new Pixel(anomaly, true));
              all.add(new Pixel(normal, false));
              return all;
            });
  }
}
