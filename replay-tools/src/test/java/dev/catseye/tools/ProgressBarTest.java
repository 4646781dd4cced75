package dev.catseye.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class ProgressBarTest {
  private final StringWriter screen = new StringWriter();

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new PrintWriter(screen), shown, "replay", 4);
  }

  @Test
  void nobodyWatches_nothingIsDrawn() {
    try (ProgressBar bar = bar(false)) {
      bar.show(4, "done");
    }
    assertThat(screen.toString()).isEmpty();
  }

  @Test
  void halfWay_halfOfTheBarIsFilled() {
    bar(true).show(2, "1 skipped");
    assertThat(screen.toString()).endsWith("replay [===============               ] 2/4 1 skipped");
  }

  @Test
  void aBurstOfSteps_isDrawnOnceButTheLastStepAlways() {
    ProgressBar bar = bar(true);
    bar.show(1, "");
    bar.show(2, "");
    bar.show(4, "");
    assertThat(screen.toString()).contains("1/4").doesNotContain("2/4").contains("4/4");
  }

  @Test
  void text_standsAboveTheBarWhichIsDrawnAgain() {
    ProgressBar bar = bar(true);
    bar.show(1, "");
    bar.println("ALARM");
    assertThat(screen.toString())
        .endsWith(
            "ALARM" + System.lineSeparator() + "replay [=======                       ] 1/4 ");
  }

  @Test
  void text_isPrintedWhereNobodyWatches() {
    bar(false).println("ALARM");
    assertThat(screen.toString()).isEqualTo("ALARM" + System.lineSeparator());
  }
}
