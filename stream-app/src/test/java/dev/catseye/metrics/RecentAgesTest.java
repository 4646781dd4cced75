package dev.catseye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.FrameAge;
import org.junit.jupiter.api.Test;

class RecentAgesTest {
  private final RecentAges ages = new RecentAges();

  @Test
  void noAge_hasNoSummary() {
    assertThat(ages.summary()).isEmpty();
  }

  @Test
  void twentyAges_giveNearestRanks() {
    for (int i = 20; i >= 1; i--) {
      ages.add(i);
    }
    assertThat(ages.summary()).contains(new FrameAge(20, 10, 19, 20, 20));
  }

  @Test
  void negativeAge_ofAClockAheadOfOurs_isLeftOut() {
    ages.add(-1);
    assertThat(ages.summary()).isEmpty();
  }

  @Test
  void manyAges_keepTheNewest() {
    for (int i = 0; i < 1000; i++) {
      ages.add(i);
    }
    assertThat(ages.all()).hasSize(64).startsWith(936L).endsWith(999L);
  }
}
