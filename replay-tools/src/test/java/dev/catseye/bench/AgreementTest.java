package dev.catseye.bench;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AgreementTest {
  @Test
  void equalMaps_passWhateverTheyCost() {
    assertThatCode(() -> Agreement.require(answer(1, map(7, 200, 3)), answer(9, map(7, 200, 3))))
        .doesNotThrowAnyException();
  }

  @Test
  void oneLevelInOneValue_isToldWithItsSize() {
    assertThatThrownBy(
            () -> Agreement.require(answer(1, map(7, 200, 3)), answer(1, map(7, 198, 3))))
        .isInstanceOf(ToolException.class)
        .hasMessageEndingWith("times say nothing: anomaly differs in 1 of 3 values, by up to 2.0");
  }

  @Test
  void anotherShape_isTold() {
    assertThatThrownBy(() -> Agreement.require(answer(1, map(7, 200, 3)), answer(1, map(7, 200))))
        .isInstanceOf(ToolException.class)
        .hasMessageEndingWith("anomaly is uint8 [1, 1, 2] against uint8 [1, 1, 3]");
  }

  private static Answer answer(long micros, HostTensor map) {
    return new Answer(Map.of("anomaly", map), new Cost(micros, micros), Map.of());
  }

  private static HostTensor map(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return HostTensor.ofBytes(bytes, 1, 1, values.length);
  }
}
