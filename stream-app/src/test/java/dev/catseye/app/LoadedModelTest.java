package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.bundle.Bundle;
import dev.catseye.config.Settings;
import dev.catseye.image.RgbPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shipped bundle, as the service loads it. */
class LoadedModelTest {
  private static final String STARTER = "../onnx-models/bundles/starter";

  private static LoadedModel open(Map<String, String> values) {
    Settings settings = Settings.of(values, Map.of());
    ServiceConfig config = ServiceConfig.from(settings, 2);
    settings.finish();
    return LoadedModel.open(Bundle.open(Path.of(STARTER)), config);
  }

  @Test
  void scoresOfThePlan_areAskedFor_soThatOnesThatAreNotFiniteShow() {
    try (LoadedModel model = open(Map.of("bundle", STARTER, "plan", "entropy"))) {
      RgbPlane frame = RgbPlane.owning(64, 32, new byte[3 * 64 * 32]);
      assertThat(model.detector().detect(frame).extras()).containsOnlyKeys("entropy.score");
      assertThat(model.model().plan()).isEqualTo("entropy");
    }
  }

  @Test
  void runsHaveTheirBound_andAsManyFramesAsTheSettingsSay() {
    Map<String, String> values =
        Map.of("bundle", STARTER, "stream.threads", "2", "frame.slowest", "5 min");
    try (LoadedModel model = open(values)) {
      assertThat(model.lane().maxFrames()).isEqualTo(2);
      assertThat(model.lane().maxRun()).isEqualTo(Duration.ofMinutes(5));
    }
    try (LoadedModel model = open(Map.of("bundle", STARTER, "frame.slowest", "100 ms"))) {
      assertThat(model.lane().maxRun())
          .as("twice the golden frame's time, if that is more")
          .isGreaterThanOrEqualTo(Duration.ofMillis(100))
          .isGreaterThanOrEqualTo(model.frameTime().multipliedBy(2));
    }
  }
}
