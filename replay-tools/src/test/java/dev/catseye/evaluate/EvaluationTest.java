package dev.catseye.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.image.BytePlane;
import dev.catseye.image.FloatPlane;
import dev.catseye.tools.ToolException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final LabelMeaning MEANING = new LabelMeaning(List.of(1), List.of(0));

  private final Evaluation evaluation = new Evaluation(EvaluationSettings.DEFAULT);

  @Test
  void aScoreThatIsNotANumber_isRefusedWithFrameAndPixel() {
    assertThatThrownBy(() -> add(new float[] {0.5f, 0.5f, Float.NaN, 0.5f}, 0, 1, 255, 0))
        .isInstanceOf(ToolException.class)
        .hasMessage("frame front/boot/7: score NaN at (0, 1)");
  }

  @Test
  void labelsThatNoListNames_areVoid() {
    add(new float[] {0.9f, 0.1f, 0.9f, 0.9f}, 1, 0, 2, 43);

    assertThat(evaluation.result().pixels()).isEqualTo(new EvaluationResult.Pixels(1, 1, 2, 0));
  }

  @Test
  void framesWithoutTruthAndWithoutAnomaly_areCountedApart() {
    add(new float[4], 255, 255, 255, 255);
    add(new float[4], 0, 0, 255, 0);
    add(new float[4], 1, 1, 255, 1);
    add(new float[4], 1, 0, 255, 1);

    assertThat(evaluation.result().frames()).isEqualTo(new EvaluationResult.Frames(4, 1, 1));
  }

  @Test
  void withoutAnyAnomaly_thereAreNoMetrics() {
    add(new float[4], 0, 0, 0, 0);

    assertThat(evaluation.result().pooled()).isEmpty();
  }

  @Test
  void meanOverFrames_isComputedOnlyOnDemand() {
    Evaluation both =
        new Evaluation(new EvaluationSettings(CountMode.EXACT, Fpr95Rule.FIRST_REACHING, true));
    float[] scores = {0.9f, 0.1f, 0.5f, 0.4f};
    add(scores, 1, 0, 0, 1);
    both.add("frame", plane(scores), labels(1, 0, 0, 1), MEANING);

    assertThat(evaluation.result().imageMean()).isEmpty();
    assertThat(both.result().imageMean().orElseThrow().frames()).isEqualTo(1);
    assertThat(both.result().pooled()).isEqualTo(evaluation.result().pooled());
  }

  private void add(float[] scores, int... labels) {
    evaluation.add("front/boot/7", plane(scores), labels(labels), MEANING);
  }

  private static FloatPlane plane(float[] scores) {
    return FloatPlane.copyOf(2, 2, scores);
  }

  private static BytePlane labels(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return BytePlane.owning(2, 2, values);
  }
}
