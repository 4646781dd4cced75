package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.bundle.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeGuardTest {
  @ParameterizedTest
  @ValueSource(strings = {"1", "true"})
  void telemetrySwitchedOff_mayStart(String value) {
    assertThatCode(() -> RuntimeGuard.check(Map.of("ORT_DISABLE_TELEMETRY", value)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "false", "yes"})
  void anyOtherValue_isRefusedWithTheRemedy(String value) {
    assertThatThrownBy(() -> RuntimeGuard.check(Map.of("ORT_DISABLE_TELEMETRY", value)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "ONNX Runtime: its telemetry can kill this process; set the environment variable"
                + " ORT_DISABLE_TELEMETRY=1 (now: '"
                + value
                + "')");
  }

  @Test
  void variableNotSet_isRefused() {
    assertThatThrownBy(() -> RuntimeGuard.check(Map.of()))
        .isInstanceOf(ModelException.class)
        .hasMessageEndingWith("(now: '')");
  }
}
