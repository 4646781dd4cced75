package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {
  private static final RgbPlane BLACK = RgbPlane.copyOf(8, 8, new byte[3 * 64]);

  @Test
  void pixelsOfNoScore_stayAsTheyAre() {
    BytePlane nothing = BytePlane.copyOf(4, 4, new byte[16]);

    assertThat(Overlay.paint(BLACK, nothing, 128, List.of())).isEqualTo(BLACK);
  }

  @Test
  void scoreAboveTheThreshold_glowsYellowOnAllPixelsItCovers() {
    byte[] scores = new byte[16];
    scores[5] = (byte) 255; // covers frame pixels (2..3, 2..3)

    RgbPlane painted = Overlay.paint(BLACK, BytePlane.copyOf(4, 4, scores), 128, List.of());

    assertThat(painted.red(2, 2)).isEqualTo(191);
    assertThat(painted.green(3, 3)).isEqualTo(191);
    assertThat(painted.blue(3, 3)).isZero();
    assertThat(painted.red(1, 2)).isZero();
    assertThat(painted.red(4, 3)).isZero();
  }

  @Test
  void scoreBelowTheThreshold_isFaint() {
    byte[] scores = new byte[16];
    scores[0] = (byte) 199;
    scores[1] = (byte) 100;

    RgbPlane painted = Overlay.paint(BLACK, BytePlane.copyOf(4, 4, scores), 200, List.of());

    assertThat(painted.red(0, 0)).isBetween(70, 77); // 0.3 of 255
    assertThat(painted.red(2, 0)).isEqualTo(10); // half the threshold: an eighth of that
  }

  @Test
  void box_isOutlinedInMagentaAndCutAtTheFrame() {
    BytePlane nothing = BytePlane.copyOf(4, 4, new byte[16]);

    RgbPlane painted = Overlay.paint(BLACK, nothing, 128, List.of(new Box(2, 3, 20, 3)));

    assertThat(painted.red(2, 3)).isEqualTo(255);
    assertThat(painted.blue(7, 4)).isEqualTo(255);
    assertThat(painted.green(2, 3)).isZero();
    assertThat(painted.red(4, 4)).isZero();
    assertThat(painted.red(1, 3)).isZero();
  }
}
