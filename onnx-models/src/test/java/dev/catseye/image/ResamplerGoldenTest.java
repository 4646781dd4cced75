package dev.catseye.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catseye.testing.Npy;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our resizing against Pillow's; the answers are written by {@code make_resources.py}. */
class ResamplerGoldenTest {
  private static final float TOLERANCE = 1e-6f;

  @ParameterizedTest
  @CsvSource({"48,30", "61,40", "7,5", "24,40", "9,15", "50,4", "24,15", "1,1"})
  void resizedMap_isPillows(int width, int height) {
    float[] expected = Npy.resource("resampler/" + width + "x" + height + ".npy").floats();

    FloatPlane resized = Resampler.pillowBicubic(source(), width, height);

    assertThat(resized.width()).isEqualTo(width);
    assertThat(resized.height()).isEqualTo(height);
    assertThat(resized.toFloatArray()).containsExactly(expected, within(TOLERANCE));
  }

  @Test
  void edges_overshootAndAreNotClipped() {
    float[] values = Resampler.pillowBicubic(source(), 48, 30).toFloatArray();

    float highest = 0;
    for (float value : values) {
      highest = Math.max(highest, value);
    }
    assertThat(highest).isGreaterThan(1.01f);
  }

  @Property(tries = 30)
  void constantMap_staysConstant(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height) {
    float[] values = new float[11 * 7];
    Arrays.fill(values, 0.75f);

    FloatPlane resized = Resampler.pillowBicubic(FloatPlane.owning(11, 7, values), width, height);

    for (float value : resized.toFloatArray()) {
      assertThat(value).isCloseTo(0.75f, within(TOLERANCE));
    }
  }

  private static FloatPlane source() {
    Npy source = Npy.resource("resampler/source.npy");
    return FloatPlane.owning(source.axis(1), source.axis(0), source.floats());
  }
}
