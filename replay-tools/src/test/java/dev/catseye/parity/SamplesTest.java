package dev.catseye.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.detect.HostTensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void every_takesTheFirstRowAndColumnAndThoseAStepApart() {
    HostTensor planes = counted(2, 5, 7);

    HostTensor sampled = Samples.every(3, planes);

    assertThat(sampled).hasToString("float32 [2, 2, 3]");
    assertThat(values(sampled)).containsExactly(0, 3, 6, 21, 24, 27, 35, 38, 41, 56, 59, 62);
  }

  @Test
  void centres_areTheMiddlePixels() {
    assertThat(values(Samples.centres(row(16), 4, 1))).containsExactly(2, 6, 10, 14);
    assertThat(values(Samples.centres(row(9), 6, 1))).containsExactly(0, 2, 3, 5, 6, 8);
    assertThat(values(Samples.centres(row(3), 6, 1))).containsExactly(0, 0, 1, 1, 2, 2);
  }

  /** The centre of the fourth lies on the border of both pixels; Pillow's sum falls below it. */
  @Test
  void centreBetweenTwoPixels_isRoundedAsPillowDoes() {
    assertThat(values(Samples.centres(row(2), 7, 1))).containsExactly(0, 0, 0, 0, 1, 1, 1);
  }

  @Test
  void centres_keepTypeAndOtherAxes() {
    HostTensor bytes = HostTensor.ofBytes(new byte[] {1, (byte) 250, 3, 4}, 1, 2, 2);

    HostTensor one = Samples.centres(bytes, 1, 1);

    assertThat(one).hasToString("uint8 [1, 1, 1]");
    assertThat(one.at(0)).isEqualTo(4);
    assertThat(Samples.centres(bytes, 2, 2)).isSameAs(bytes);
  }

  @Test
  void extremes_ofEqualAndOfCertainPixels() {
    HostTensor logits = HostTensor.ofFloats(new float[] {3, 90, 3, 0, 3, 0}, 1, 3, 1, 2);

    SoftmaxExtremes extremes = SoftmaxExtremes.of(logits);

    assertThat(extremes.maxEntropy()).isEqualTo(Math.log(3));
    assertThat(extremes.minEntropy()).isBetween(0.0, 1e-30);
    assertThat(extremes.minGap()).isZero();
    assertThat(extremes.maxGap()).isEqualTo(1);
  }

  private static HostTensor row(int width) {
    return counted(1, 1, width);
  }

  private static HostTensor counted(int planes, int height, int width) {
    float[] values = new float[planes * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return HostTensor.ofFloats(values, planes, height, width);
  }

  private static double[] values(HostTensor tensor) {
    return IntStream.range(0, tensor.size()).mapToDouble(tensor::at).toArray();
  }
}
