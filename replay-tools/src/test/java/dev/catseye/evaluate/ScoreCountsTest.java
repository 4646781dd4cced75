package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreCountsTest {

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aScoreThatIsNotFinite_isRefused(float score) {
    for (ScoreCounts counts : List.of(new ExactCounts(), new HistogramCounts())) {
      assertThatThrownBy(() -> counts.add(score, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not a finite number");
    }
  }

  @Test
  void exactCounts_walkDownOverAllFloats() {
    float[] scores = {
      -Float.MAX_VALUE, -1.5f, -Float.MIN_VALUE, 0, Float.MIN_VALUE, 0.5f, 1.02f, Float.MAX_VALUE
    };
    ExactCounts counts = new ExactCounts();
    for (float score : scores) {
      counts.add(score, score > 0);
    }

    List<Double> walked = new ArrayList<>();
    counts.descending((score, anomalies, normals) -> walked.add(0, score));
    assertThat(walked).hasSize(scores.length);
    for (int i = 0; i < scores.length; i++) {
      assertThat(walked.get(i)).isEqualTo((double) scores[i]);
    }
  }

  @Test
  void bothZeros_areOneTie() {
    ExactCounts counts = new ExactCounts();
    counts.add(-0.0f, true);
    counts.add(0.0f, false);

    List<String> ties = new ArrayList<>();
    counts.descending((score, anomalies, normals) -> ties.add(anomalies + "/" + normals));
    assertThat(ties).containsExactly("1/1");
  }

  @Test
  void aCrowdedBucket_countsAsAPlainListDoes() {
    // 600,000 scores of one bucket: the list turns into a page on the way, and merging sees all
    // four meetings of lists and pages
    Random random = new Random(7);
    TreeMap<Float, Long> expected = new TreeMap<>();
    ExactCounts total = new ExactCounts();
    for (int size : new int[] {1_000, 300_000, 298_000, 1_000}) {
      ExactCounts part = new ExactCounts();
      for (int i = 0; i < size; i++) {
        float score = 0.5f + random.nextInt(70_000) * 0x1p-24f;
        part.add(score, false);
        expected.merge(score, 1L, Long::sum);
      }
      total.merge(part);
    }

    Map<Float, Long> actual = new TreeMap<>();
    total.descending((score, anomalies, normals) -> actual.put((float) score, normals));
    assertThat(actual).isEqualTo(expected);
    assertThat(total.normals()).isEqualTo(600_000);
  }

  @Test
  void histogram_putsTheEndsOfItsRangeIntoTheOuterBins() {
    HistogramCounts counts = new HistogramCounts(-1, 3);
    counts.add(-1, true);
    counts.add(3, true);

    List<Double> edges = new ArrayList<>();
    counts.descending((edge, anomalies, normals) -> edges.add(edge));
    assertThat(edges).containsExactly(3 - 4.0 / 65_536, -1.0);
    assertThat(counts.clamped()).isZero();
  }

  @Test
  void histogram_clampsAndCountsWhatLiesOutside() {
    HistogramCounts counts = new HistogramCounts();
    counts.add(1.08f, true);
    counts.add(-0.03f, false);

    assertThat(counts.clamped()).isEqualTo(2);
    assertThat(counts.anomalies()).isEqualTo(1);
    assertThat(counts.normals()).isEqualTo(1);
  }

  @Test
  void unlikeCounts_areNotMerged() {
    assertThatThrownBy(() -> new ExactCounts().merge(new HistogramCounts()))
        .hasMessageContaining("exact");
    assertThatThrownBy(() -> new HistogramCounts().merge(new HistogramCounts(0, 2)))
        .hasMessageContaining("same range");
  }

  @Test
  void anEmptyRange_isRefused() {
    assertThatThrownBy(() -> new HistogramCounts(1, 1)).hasMessageContaining("[1.0, 1.0]");
    assertThatThrownBy(() -> new HistogramCounts(0, Float.NaN)).hasMessageContaining("NaN");
  }
}
