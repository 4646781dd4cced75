package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawFramesTest {
  private static final ImageLimits LIMITS = ImageLimits.DEFAULT;

  @Test
  void rgb8AndBgr8_differInTheOrderOfTheirBytes() {
    byte[] payload = {1, 2, 3, 4, 5, 6};

    assertThat(RawFrames.rgb8(payload, 2, 1, LIMITS)).isEqualTo(RgbPlane.copyOf(2, 1, payload));
    assertThat(RawFrames.bgr8(payload, 2, 1, LIMITS))
        .isEqualTo(RgbPlane.copyOf(2, 1, new byte[] {3, 2, 1, 6, 5, 4}));
  }

  /** Colour bars of 8-bit BT.601 video. Source: ITU-R BT.801-1, 100/0/100/0 bars, rounded. */
  @ParameterizedTest
  @CsvSource({
    "235, 128, 128, 255, 255, 255",
    "16, 128, 128, 0, 0, 0",
    "81, 90, 240, 254, 0, 0",
    "145, 54, 34, 0, 255, 1",
    "41, 240, 110, 0, 0, 255",
    "126, 128, 128, 128, 128, 128"
  })
  void nv12_followsBt601(int luma, int u, int v, int red, int green, int blue) {
    byte[] payload = {(byte) luma, (byte) luma, (byte) luma, (byte) luma, (byte) u, (byte) v};

    RgbPlane picture = RawFrames.nv12(payload, 2, 2, LIMITS);

    assertThat(picture.red(1, 1)).isEqualTo(red);
    assertThat(picture.green(1, 1)).isEqualTo(green);
    assertThat(picture.blue(1, 1)).isEqualTo(blue);
  }

  @Test
  void nv12_sharesChromaAmongFourPixels() {
    byte[] payload = new byte[4 * 2 * 3 / 2];
    Arrays.fill(payload, 0, 8, (byte) 126);
    byte[] chroma = {(byte) 128, (byte) 128, (byte) 240, 110}; // left grey, right blue
    System.arraycopy(chroma, 0, payload, 8, 4);

    RgbPlane picture = RawFrames.nv12(payload, 4, 2, LIMITS);

    assertThat(picture.blue(1, 1)).isEqualTo(128);
    assertThat(picture.blue(2, 0)).isEqualTo(255);
    assertThat(picture.blue(3, 1)).isEqualTo(255);
  }

  @Test
  void payloadOfAnotherLength_isRefusedWithTheNumbers() {
    assertThatThrownBy(() -> RawFrames.rgb8(new byte[11], 2, 2, LIMITS))
        .isInstanceOf(GeometryException.class)
        .hasMessage("payload of 11 bytes, a picture of 2x2 needs 12");
    assertThatThrownBy(() -> RawFrames.nv12(new byte[7], 2, 2, LIMITS))
        .isInstanceOf(GeometryException.class)
        .hasMessage("payload of 7 bytes, a picture of 2x2 needs 6");
  }

  @Test
  void oddSidesOfNv12_areRefused() {
    assertThatThrownBy(() -> RawFrames.nv12(new byte[9], 3, 2, LIMITS))
        .isInstanceOf(GeometryException.class)
        .hasMessage("nv12 of 3x2: sides must be even");
  }

  @Test
  void sizeOutsideTheLimits_isRefused() {
    assertThatThrownBy(() -> RawFrames.rgb8(new byte[3], 40_000, 40_000, LIMITS))
        .isInstanceOf(GeometryException.class)
        .hasMessageStartingWith("40000x40000");
    assertThatThrownBy(() -> RawFrames.bgr8(new byte[3], -1, 1, LIMITS))
        .isInstanceOf(GeometryException.class)
        .hasMessage("-1x1: sides must be at least 1");
  }
}
