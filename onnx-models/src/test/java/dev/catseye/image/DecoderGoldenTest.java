package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.testing.Npy;
import dev.catseye.testing.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our pixels against Pillow's; pictures and answers are written by {@code make_resources.py}. */
class DecoderGoldenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour.png",
        "grey.png",
        "alpha.png",
        "grey-alpha.png",
        "palette.png",
        "palette-2bit.png",
        "one-bit.png",
        "interlaced.png",
        "lossless.webp"
      })
  void losslessPicture_hasPillowsPixels(String name) {
    assertThat(decoded(name)).isEqualTo(expected(name));
  }

  /** The JDK and Pillow may be built on different versions of libjpeg. */
  @ParameterizedTest
  @CsvSource({
    "colour.jpg, 2",
    "full-chroma.jpg, 2",
    "progressive.jpg, 2",
    "restart.jpg, 2",
    "metadata.jpg, 2",
    "grey.jpg, 2",
    "lossy.webp, 3",
    "alpha.webp, 3"
  })
  void lossyPicture_isWithinTolerance(String name, int tolerance) {
    byte[] actual = decoded(name).toByteArray();
    byte[] expected = expected(name).toByteArray();

    assertThat(largestDifference(actual, expected)).isLessThanOrEqualTo(tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"labels", "grey", "palette", "palette-2bit"})
  void labelPicture_givesTheStoredNumbers(String name) {
    Npy expected = Npy.resource("pictures/" + name + ".labels.npy");

    BytePlane labels =
        Decoder.decodeLabels(Resources.bytes("pictures/" + name + ".png"), ImageLimits.DEFAULT);

    assertThat(labels)
        .isEqualTo(BytePlane.copyOf(expected.axis(1), expected.axis(0), expected.bytes()));
  }

  private static RgbPlane decoded(String name) {
    return Decoder.decodeRgb(Resources.bytes("pictures/" + name), ImageLimits.DEFAULT);
  }

  private static RgbPlane expected(String name) {
    Npy pixels = Npy.resource("pictures/" + name + ".npy");
    return RgbPlane.copyOf(pixels.axis(1), pixels.axis(0), pixels.bytes());
  }

  private static int largestDifference(byte[] a, byte[] b) {
    assertThat(a).hasSameSizeAs(b);
    int largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs((a[i] & 0xFF) - (b[i] & 0xFF)));
    }
    return largest;
  }
}
