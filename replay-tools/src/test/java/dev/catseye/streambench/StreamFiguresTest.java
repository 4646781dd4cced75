package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.schemas.Outcome;
import dev.catseye.verify.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class StreamFiguresTest {
  private static StreamFigures figures(double capacity, double offered, List<Long> agesMicros) {
    return new StreamFigures(
        Batching.ON,
        capacity,
        offered,
        capacity,
        0.4,
        Map.of(Outcome.DETECTED, 30L, Outcome.SHED, 10L),
        agesMicros,
        new ServiceCost(new TreeMap<>(), 0.2, 8, 900, 0, 1e6, 2e6),
        new Verdict(Verdict.Word.PASS, null, Map.of(), Map.of(), List.of(), List.of()));
  }

  @Test
  void moreThanItCanDo_hasAnExcess() {
    StreamFigures figures = figures(20, 40, List.of());
    assertThat(figures.excessShare()).isEqualTo(0.5);
    assertThat(figures.shedShare()).isEqualTo(0.25);
    assertThat(figures.frames()).isEqualTo(40);
  }

  @Test
  void lessThanItCanDo_hasNone() {
    assertThat(figures(20, 16, List.of()).excessShare()).isZero();
  }

  @Test
  void ages_areInMilliseconds() {
    StreamFigures figures = figures(20, 40, List.of(100_000L, 200_000L, 600_000L));
    assertThat(figures.meanAgeMs()).isEqualTo(300);
    assertThat(figures.ageMs(50)).isEqualTo(200);
    assertThat(figures.ageMs(99)).isEqualTo(600);
  }

  @Test
  void bound_isOneAndAHalfRunsAndAPeriod() {
    assertThat(figures(20, 40, List.of()).ageBoundMs()).isCloseTo(700, within(1e-9));
  }
}
