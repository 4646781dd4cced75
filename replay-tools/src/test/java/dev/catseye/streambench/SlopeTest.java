package dev.catseye.streambench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class SlopeTest {
  private final Slope slope = new Slope();

  @Test
  void pointsOnALine_giveItsSlope() {
    for (int x = 3; x < 9; x++) {
      slope.add(x, 100 - 2.5 * x);
    }
    assertThat(slope.value()).isCloseTo(-2.5, within(1e-9));
  }

  @Test
  void pointsAroundALine_giveTheBestOne() {
    slope.add(0, 0);
    slope.add(1, 3);
    slope.add(2, 0);
    slope.add(3, 3);
    assertThat(slope.value()).isCloseTo(0.6, within(1e-9));
  }

  @Test
  void onePlace_hasNoSlope() {
    slope.add(1, 1);
    slope.add(1, 2);
    assertThat(slope.value()).isNaN();
  }
}
