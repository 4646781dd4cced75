package dev.catseye.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PaceTest {
  @Test
  void everyForm_isRead() {
    assertThat(Pace.parse("recorded")).isEqualTo(new Pace(Pace.Kind.RECORDED, 1));
    assertThat(Pace.parse("x2.5")).isEqualTo(new Pace(Pace.Kind.RECORDED, 2.5));
    assertThat(Pace.parse("10Hz")).isEqualTo(new Pace(Pace.Kind.FIXED, 10));
    assertThat(Pace.parse("0.5 hz")).isEqualTo(new Pace(Pace.Kind.FIXED, 0.5));
    assertThat(Pace.parse("max")).isEqualTo(new Pace(Pace.Kind.MAX, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fast", "x", "x-1", "10", "0Hz", "x0", "xNaN", ""})
  void anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Pace.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
