package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PngEncoderTest {
  @Property(tries = 50)
  void greyPlane_comesBackAsItWas(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll long seed) {
    byte[] values = new byte[width * height];
    new Random(seed).nextBytes(values);
    BytePlane plane = BytePlane.owning(width, height, values);

    assertThat(Decoder.decodeLabels(PngEncoder.encode(plane), ImageLimits.DEFAULT))
        .isEqualTo(plane);
  }

  @Property(tries = 50)
  void picture_comesBackAsItWas(
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 70) int height,
      @ForAll long seed) {
    byte[] values = new byte[3 * width * height];
    new Random(seed).nextBytes(values);
    RgbPlane picture = RgbPlane.owning(width, height, values);

    assertThat(Decoder.decodeRgb(PngEncoder.encode(picture), ImageLimits.DEFAULT))
        .isEqualTo(picture);
  }

  @Test
  void anotherReader_seesTheSamePixels() throws IOException {
    byte[] values = {0, 1, 64, (byte) 128, (byte) 254, (byte) 255};
    byte[] png = PngEncoder.encode(BytePlane.copyOf(3, 2, values));

    var raster = ImageIO.read(new ByteArrayInputStream(png)).getRaster();

    assertThat(raster.getNumBands()).isEqualTo(1);
    assertThat((byte[]) raster.getDataElements(0, 0, 3, 2, null)).isEqualTo(values);
  }
}
