package dev.catseye.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SimilarTest {
  private static final List<String> NAMES = List.of("alarm.hits", "alarm.frames", "bundle");

  @Test
  void twoLettersSwapped_findsTheName() {
    assertThat(Similar.to("bunlde", NAMES)).contains("bundle");
  }

  @Test
  void anotherWord_findsNothing() {
    assertThat(Similar.to("colour", NAMES)).isEmpty();
  }

  @Property(tries = 200)
  void distance_isSymmetricAndZeroOnlyForEqualWords(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    assertThat(Similar.distance(a, b)).isEqualTo(Similar.distance(b, a));
    assertThat(Similar.distance(a, b) == 0).isEqualTo(a.equals(b));
  }
}
