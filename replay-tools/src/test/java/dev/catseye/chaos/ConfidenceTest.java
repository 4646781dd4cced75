package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfidenceTest {
  /** Source: facts/reliability.md 2 E. */
  @ParameterizedTest
  @CsvSource({"20, 0.139", "50, 0.058", "100, 0.030", "300, 0.010"})
  void trialsWithoutAFailure_boundItsRate(int trials, double bound) {
    assertThat(Confidence.bound(trials)).isCloseTo(bound, within(0.0006));
  }
}
