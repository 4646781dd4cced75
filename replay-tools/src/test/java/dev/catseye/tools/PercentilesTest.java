package dev.catseye.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PercentilesTest {
  @Test
  void nearestRank_isAMeasurement() {
    Percentiles measured = new Percentiles();
    for (long value = 1000; value >= 1; value--) {
      measured.add(value);
    }
    assertThat(measured.at(50)).isEqualTo(500);
    assertThat(measured.at(99)).isEqualTo(990);
    assertThat(measured.at(100)).isEqualTo(1000);
    assertThat(measured.at(0.01)).isEqualTo(1);
    assertThat(measured.count()).isEqualTo(1000);
  }

  @Test
  void nothingMeasured_isZero() {
    assertThat(new Percentiles().at(50)).isZero();
  }

  @Test
  void aPercentThatIsNone_isRefused() {
    assertThatThrownBy(() -> new Percentiles().at(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
