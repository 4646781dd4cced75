package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PixelMetricsTest {

  @Test
  void perfectOrder_givesOneOneZero() {
    PixelMetrics metrics = metrics(Fpr95Rule.FIRST_REACHING, "A9 A8 N2 N1");

    assertThat(metrics.averagePrecision()).isEqualTo(1);
    assertThat(metrics.auroc()).isEqualTo(1);
    assertThat(metrics.fpr95()).isZero();
    assertThat(metrics.fpr95Threshold()).isEqualTo(8);
  }

  @Test
  void mixedOrder_addsPrecisionAtEachAnomaly() {
    PixelMetrics metrics = metrics(Fpr95Rule.FIRST_REACHING, "A9 N8 A7 N6");

    assertThat(metrics.averagePrecision()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-15));
    assertThat(metrics.auroc()).isEqualTo(0.75);
    assertThat(metrics.fpr95()).isEqualTo(0.5);
  }

  @Test
  void tiesOfBothClasses_enterTogether() {
    PixelMetrics metrics = metrics(Fpr95Rule.FIRST_REACHING, "A5 N5 N5 N1");

    assertThat(metrics.averagePrecision()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(metrics.fpr95()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(metrics.fpr95Resolution()).isCloseTo(2 / 3.0, within(1e-15));
  }

  @Test
  void exactly95Percent_isReachedByTheFirstRule() {
    // 19 of 20 anomalies above the normals, the last one below: TPR 0.95 at FPR 0
    PixelMetrics metrics = metrics(Fpr95Rule.FIRST_REACHING, "A9 ".repeat(19) + "N5 N5 A1");

    assertThat(metrics.fpr95()).isZero();
    assertThat(metrics.fpr95Tpr()).isEqualTo(0.95);
  }

  @Test
  void closestRule_goesBelow95PercentWhereThatIsNearer() {
    // TPR 0.9375 (15 of 16) at FPR 0, then 1 at FPR 0.5: 0.9375 is nearer
    String pixels = "A9 ".repeat(15) + "N5 A4 N1";

    assertThat(metrics(Fpr95Rule.CLOSEST, pixels).fpr95()).isEqualTo(0.5);
    assertThat(metrics(Fpr95Rule.CLOSEST, pixels).fpr95Tpr()).isEqualTo(0.9375);
    assertThat(metrics(Fpr95Rule.FIRST_REACHING, pixels).fpr95Tpr()).isEqualTo(1);
  }

  @Test
  void interpolatedRule_readsBetweenThePoints() {
    // (0, 0.9) to (0.5, 1): TPR 0.95 lies half-way
    PixelMetrics metrics = metrics(Fpr95Rule.INTERPOLATED, "A9 ".repeat(9) + "A5 N5 N1");

    assertThat(metrics.fpr95()).isCloseTo(0.25, within(1e-12));
  }

  @Test
  void noAnomalyPixel_givesNoMetrics() {
    assertThat(PixelMetrics.of(counts("N5 N1"), Fpr95Rule.FIRST_REACHING)).isEmpty();
  }

  @Test
  void noNormalPixel_givesNoMetrics() {
    assertThat(PixelMetrics.of(counts("A5"), Fpr95Rule.FIRST_REACHING)).isEqualTo(Optional.empty());
  }

  private static PixelMetrics metrics(Fpr95Rule rule, String pixels) {
    return PixelMetrics.of(counts(pixels), rule).orElseThrow();
  }

  /** Reads pixels such as {@code A9}: an anomaly of score 9. */
  private static ScoreCounts counts(String pixels) {
    ScoreCounts counts = new ExactCounts();
    for (String pixel : pixels.split(" ", -1)) {
      counts.add(Float.parseFloat(pixel.substring(1)), pixel.charAt(0) == 'A');
    }
    return counts;
  }
}
