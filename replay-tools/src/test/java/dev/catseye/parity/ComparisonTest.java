package dev.catseye.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.detect.HostTensor;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void differences_areMeasured() {
    Comparison comparison =
        compare(Tolerance.share(0.1, 0.25), new float[] {1, 2, 3, 4}, new float[] {1, 2, 3, 4.5f});

    assertThat(comparison.largest()).isEqualTo(0.5);
    assertThat(comparison.mean()).isEqualTo(0.125);
    assertThat(comparison.share()).isEqualTo(0.75);
    assertThat(comparison.passed()).isTrue();
  }

  @Test
  void oneValueTooMany_fails() {
    float[] actual = {1, 2, 3.2f, 4.5f};

    assertThat(compare(Tolerance.share(0.1, 0.25), actual, 1, 2, 3, 4).passed()).isFalse();
    assertThat(compare(Tolerance.all(0.5), actual, 1, 2, 3, 4).passed()).isTrue();
    assertThat(compare(Tolerance.exact(), actual, 1, 2, 3, 4).passed()).isFalse();
  }

  @Test
  void largestOrMeanBeyondItsLimit_fails() {
    float[] actual = {1, 2, 3, 6};
    Tolerance quarter = Tolerance.share(0, 0.25);

    assertThat(compare(quarter.withLargest(1), actual, 1, 2, 3, 4).passed()).isFalse();
    assertThat(compare(quarter.withLargest(2), actual, 1, 2, 3, 4).passed()).isTrue();
    assertThat(compare(quarter.withMean(0.4), actual, 1, 2, 3, 4).passed()).isFalse();
  }

  @Test
  void valueThatIsNoNumber_failsWhateverTheShare() {
    Comparison comparison =
        compare(Tolerance.share(1, 0.5), new float[] {1, Float.NaN, 3, 4}, 1, 2, 3, 4);

    assertThat(comparison.passed()).isFalse();
    assertThat(comparison.largest()).isInfinite();
    assertThat(Comparison.of("s", "H_max", Double.NaN, 1, Tolerance.all(1)).passed()).isFalse();
  }

  @Test
  void bytes_areUnsigned() {
    HostTensor actual = HostTensor.ofBytes(new byte[] {(byte) 200}, 1, 1, 1);
    HostTensor golden = HostTensor.ofBytes(new byte[] {100}, 1, 1);

    assertThat(Comparison.of("s", "E8", actual, golden, Tolerance.exact()).largest())
        .isEqualTo(100);
  }

  @Test
  void otherShape_isAMismatchOfKitAndBundle() {
    HostTensor actual = HostTensor.ofFloats(new float[6], 1, 2, 3);
    HostTensor golden = HostTensor.ofFloats(new float[6], 3, 2);

    assertThatThrownBy(() -> Comparison.of("perceptual", "V", actual, golden, Tolerance.exact()))
        .isInstanceOf(ToolException.class)
        .hasMessage(
            "V of the kit is float32 [3, 2], perceptual of the bundle makes float32 [1, 2, 3] of"
                + " it: they are of different sizes");
  }

  @Test
  void kitsTolerances_takeTheirPlaceAndOthersStay() throws IOException {
    Tolerances tolerances =
        Tolerances.of(
            new ObjectMapper()
                .readTree(
                    """
                    {"stage_by_stage": {
                        "logits_every16": {"max_abs": 1.0, "mean_abs": 0.125},
                        "final_every8": {"max_abs": 0.5},
                        "E8": {"max_level": 2, "mismatch_fraction": 0.5, "given": "x"},
                        "V_min,V_max": {"max_abs": 0.25},
                        "unheard_of": {"max_abs": 1}},
                     "end_to_end": {
                        "S8": {"note": "local", "share_within_1_level": 0.75},
                        "P8": {"share_within_1_level": 0.5, "max_level": 3},
                        "q": {"share_within_3e-3": 0.875, "mean_abs": 0.5}}}
                    """));

    assertThat(tolerances.stage("E8")).isEqualTo(Tolerance.share(0, 0.5).withLargest(2));
    assertThat(tolerances.fused("E8")).isEqualTo(tolerances.stage("E8"));
    assertThat(tolerances.stage("logits")).isEqualTo(Tolerance.all(1).withMean(0.125));
    assertThat(tolerances.stage("final")).isEqualTo(Tolerance.all(0.5));
    assertThat(tolerances.stage("V_max")).isEqualTo(Tolerance.all(0.25));
    assertThat(tolerances.stage("V")).isEqualTo(Tolerance.all(1e-5));
    assertThat(tolerances.fused("S8")).isEqualTo(Tolerance.share(1, 0.25));
    assertThat(tolerances.fused("P8")).isEqualTo(Tolerance.share(1, 0.5).withLargest(3));
    assertThat(tolerances.fused("q")).isEqualTo(Tolerance.share(3e-3, 0.125).withMean(0.5));
  }

  private static Comparison compare(Tolerance tolerance, float[] actual, float... golden) {
    return Comparison.of(
        "stage",
        "tensor",
        HostTensor.ofFloats(actual, 1, 2, 2),
        HostTensor.ofFloats(golden, 2, 2),
        tolerance);
  }
}
