package dev.catseye.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.tools.ProgressBar;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StepsTest {
  private final StringWriter terminal = new StringWriter();
  private long nanos;

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  @Test
  void firstStep_saysNothingOfTheTimeLeft() throws InterruptedException {
    Steps steps = steps(4);

    steps.begin("run 1");

    assertThat(terminal.toString()).endsWith("0/4 run 1");
  }

  @Test
  void laterSteps_takeAsLongAsTheOnesThatAreDone() throws InterruptedException {
    assertThat(noteAfter(Duration.ofSeconds(10), 4)).endsWith("1/4 run 2, 30 s left");
    assertThat(noteAfter(Duration.ofSeconds(50), 4)).endsWith("1/4 run 2, 2 min 30 s left");
    assertThat(noteAfter(Duration.ofMillis(1), 4)).endsWith("1/4 run 2, 1 s left");
  }

  @Test
  void anInterrupt_endsTheBenchBeforeTheNextStep() {
    Steps steps = steps(4);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> steps.begin("run 1")).isInstanceOf(InterruptedException.class);
    assertThat(terminal.toString()).isEmpty();
  }

  /** What the terminal shows when step 2 begins; a bar redraws after 100 ms at the earliest. */
  private String noteAfter(Duration step, int total) throws InterruptedException {
    Steps steps = steps(total);
    steps.begin("run 1");
    nanos += step.toNanos();
    Thread.sleep(120);
    steps.begin("run 2");
    return terminal.toString();
  }

  private Steps steps(int total) {
    ProgressBar bar = new ProgressBar(new PrintWriter(terminal), true, "bench", total);
    return new Steps(bar, total, () -> nanos);
  }
}
