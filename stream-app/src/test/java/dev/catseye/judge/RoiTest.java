package dev.catseye.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.config.ConfigException;
import dev.catseye.config.Settings;
import dev.catseye.schemas.Box;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A frame of 1000x500; the lower triangle is the way. */
class RoiTest {
  private static final String TRIANGLE = "0 1, 0.5 0.5, 1 1";

  private static boolean holds(String roi, int x, int y) {
    return Roi.parse(roi).holds(new Box(x - 5, y - 10, 10, 10), 1000, 500);
  }

  @Test
  void footInsideThePolygon_counts() {
    assertThat(holds(TRIANGLE, 500, 300)).isTrue();
    assertThat(holds(TRIANGLE, 500, 245)).as("above it").isFalse();
    assertThat(holds(TRIANGLE, 100, 300)).as("beside it").isFalse();
    assertThat(holds(TRIANGLE, 500, 500)).as("on the lower edge of the frame").isTrue();
  }

  @Test
  void footInsideOneOfSeveralPolygons_counts() {
    String two = "0 0, 0.1 0, 0.1 0.1, 0 0.1; " + TRIANGLE;
    assertThat(holds(two, 50, 25)).isTrue();
    assertThat(holds(two, 500, 400)).isTrue();
    assertThat(holds(two, 500, 100)).isFalse();
  }

  @Test
  void wholeFrame_holdsEverything() {
    assertThat(Roi.WHOLE.holds(new Box(0, 0, 1, 1), 1000, 500)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0, 1 1", "0 0, 1 1, 2 0", "0 0, 1 1, 0.5", "a b, 0 0, 1 1", "0 0;"})
  void textOfAnotherForm_isRefused(String text) {
    assertThatThrownBy(() -> Roi.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachCamera_hasItsOwn_andTheOthersShareOne() {
    Settings settings =
        Settings.of(
            Map.of("alarm.roi", "0 0, 1 0, 1 0.5, 0 0.5", "alarm.roi.front", TRIANGLE), Map.of());
    Rois rois = Rois.from(settings);
    settings.finish();
    Box low = new Box(495, 390, 10, 10);
    assertThat(rois.of("front").holds(low, 1000, 500)).isTrue();
    assertThat(rois.of("rear").holds(low, 1000, 500)).isFalse();
  }

  @Test
  void badPolygon_isOneProblemOfTheSettings() {
    Settings settings = Settings.of(Map.of("alarm.roi.front", "0 0, 1 1"), Map.of());
    Rois.from(settings);
    assertThatThrownBy(settings::finish)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("alarm.roi.front = 0 0, 1 1: must be polygons such as");
  }
}
