package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000;

  private final Progress progress = new Progress(0);

  @Test
  void pollingAnEmptyTopic_isProgress() {
    progress.observe(10, 0, 0, 5 * SECOND);
    assertThat(progress.idleFor(6 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(progress.counter()).isEqualTo(10);
  }

  @Test
  void threadThatHangs_isIdle() {
    progress.observe(10, 0, 0, SECOND);
    progress.observe(10, 0, 0, 8 * SECOND);
    assertThat(progress.idleFor(9 * SECOND)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void workWithoutCommit_isUncommittedSinceItWasSeen() {
    progress.observe(1, 1, 1, SECOND);
    progress.observe(2, 1, 2, 2 * SECOND);
    progress.observe(3, 1, 3, 5 * SECOND);
    assertThat(progress.uncommittedFor(6 * SECOND)).isEqualTo(Duration.ofSeconds(4));
    progress.observe(4, 2, 3, 7 * SECOND);
    assertThat(progress.uncommittedFor(8 * SECOND)).isZero();
  }

  @Test
  void silence_isNotUncommittedWork() {
    progress.observe(1, 1, 1, SECOND);
    progress.observe(100, 1, 1, 60 * SECOND);
    assertThat(progress.uncommittedFor(60 * SECOND)).isZero();
  }
}
