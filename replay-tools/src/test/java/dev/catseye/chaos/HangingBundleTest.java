package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.bundle.Bundle;
import dev.catseye.detect.DetectorConfig;
import dev.catseye.detect.InferenceException;
import dev.catseye.detect.InferenceLane;
import dev.catseye.detect.LaneConfig;
import dev.catseye.detect.LaneListener;
import dev.catseye.detect.OnnxDetector;
import dev.catseye.image.RgbPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HangingBundleTest {
  private static final Path STARTER =
      Path.of("..").toAbsolutePath().normalize().resolve("onnx-models/bundles/starter");
  private static final int COLUMNS = 200;

  @TempDir private Path folder;

  private static RgbPlane picture(int rows) {
    byte[] pixels = new byte[3 * COLUMNS * rows];
    new Random(1).nextBytes(pixels);
    return RgbPlane.owning(COLUMNS, rows, pixels);
  }

  @Test
  void onePicture_doesNotComeBackUntilItsRunIsEnded_andOthersAreAnsweredAsBefore()
      throws Exception {
    Bundle hanging = Bundle.open(HangingBundle.of(STARTER, folder.resolve("hanging")));
    try (OnnxDetector detector = OnnxDetector.open(hanging, DetectorConfig.onCpu(1));
        OnnxDetector starter = OnnxDetector.open(Bundle.open(STARTER), DetectorConfig.onCpu(1));
        InferenceLane lane =
            InferenceLane.start(
                detector,
                new LaneConfig(1, Duration.ZERO, Duration.ofSeconds(2)),
                LaneListener.NONE)) {
      detector.warmUp(); // the first run takes longer
      assertThatThrownBy(() -> lane.detect(picture(HangingBundle.ROWS)))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("ended after 2000 ms");
      RgbPlane other = picture(HangingBundle.ROWS - 1);
      assertThat(lane.detect(other).anomaly()).isEqualTo(starter.detect(other).anomaly());
      assertThat(detector.checkGolden().passed()).isTrue();
    }
  }
}
