package dev.catseye.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private static Expansion growing(double area, double perSecond, double step, int sightings) {
    Expansion expansion = Expansion.begin((int) area);
    for (int i = 1; i < sightings; i++) {
      expansion = expansion.after((int) Math.round(area * Math.pow(1 + perSecond, i * step)), step);
    }
    return expansion;
  }

  @Property(tries = 200)
  void steadyGrowth_isFoundAtAnyRate(
      @ForAll @DoubleRange(min = -0.6, max = 4) double growth,
      @ForAll @IntRange(min = 5, max = 30) int hertz) {
    Expansion expansion = growing(1e6, growth, 1.0 / hertz, 2 * hertz);
    assertThat(expansion.growthPerSecond().orElseThrow()).isCloseTo(growth, within(0.01));
  }

  @Test
  void oneSighting_tellsNothing() {
    assertThat(Expansion.begin(100).growthPerSecond()).isEmpty();
    assertThat(Expansion.begin(100).secondsToContact()).isEmpty();
  }

  @Test
  void fewSightings_tellNoTimeToContact() {
    assertThat(growing(1e4, 1, 0.1, 3).secondsToContact()).isEmpty();
    assertThat(growing(1e4, 1, 0.01, 20).secondsToContact()).as("0.19 s").isEmpty();
    assertThat(growing(1e4, 1, 0.1, 4).secondsToContact()).isPresent();
  }

  @Test
  void thingThatShrinksOrStands_isNotReached() {
    assertThat(growing(1e6, -0.5, 0.1, 20).secondsToContact()).isEmpty();
    assertThat(growing(1e6, 0, 0.1, 20).secondsToContact()).isEmpty();
  }

  @Test
  void sightingsWithoutTimeBetween_changeNothing() {
    Expansion expansion = growing(1e4, 1, 0.1, 10);
    assertThat(expansion.after(5, 0)).isEqualTo(expansion);
    assertThat(expansion.after(5, -1)).isEqualTo(expansion);
  }
}
