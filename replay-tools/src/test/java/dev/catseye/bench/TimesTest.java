package dev.catseye.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TimesTest {
  @Test
  void fourRuns_haveMeanAndNearestRanks() {
    Times times = new Times(List.of(4000L, 1000L, 2000L, 10_000L));

    assertThat(times.meanMs()).isEqualTo(4.25);
    assertThat(times.percentileMs(50)).isEqualTo(2);
    assertThat(times.percentileMs(95)).isEqualTo(10);
  }

  @Test
  void ratio_isOfMediansWithTheSpreadOfThePairs() {
    Times one = new Times(List.of(10L, 12L, 30L, 11L));
    Times other = new Times(List.of(10L, 10L, 10L, 22L));

    Ratio ratio = Ratio.of(one, other);

    assertThat(ratio.ofMedians()).isEqualTo(1.1); // 11 through 10, lower medians
    assertThat(ratio.lowest()).isEqualTo(0.5);
    assertThat(ratio.lowerQuartile()).isEqualTo(0.5);
    assertThat(ratio.upperQuartile()).isEqualTo(1.2);
    assertThat(ratio.highest()).isEqualTo(3);
  }

  @Test
  void ratioToARunThatTookNoMicrosecond_isFinite() {
    assertThat(Ratio.of(new Times(List.of(7L)), new Times(List.of(0L))).ofMedians()).isEqualTo(7);
  }
}
