package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000;

  private final Progress progress = new Progress(0);

  private static Map<String, Long> polls(long count) {
    return Map.of("thread-1", count);
  }

  @Test
  void pollingAnEmptyTopic_isProgress() {
    progress.observe(polls(10), 0, 0, 5 * SECOND);
    assertThat(progress.idleFor(6 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(progress.counter()).isEqualTo(10);
  }

  @Test
  void threadThatHangs_isIdle() {
    progress.observe(polls(10), 0, 0, SECOND);
    progress.observe(polls(10), 0, 0, 8 * SECOND);
    assertThat(progress.idleFor(9 * SECOND)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void workWithoutCommit_isUncommittedSinceItWasSeen() {
    progress.observe(polls(1), 1, 1, SECOND);
    progress.observe(polls(2), 1, 2, 2 * SECOND);
    progress.observe(polls(3), 1, 3, 5 * SECOND);
    assertThat(progress.uncommittedFor(6 * SECOND)).isEqualTo(Duration.ofSeconds(4));
    progress.observe(polls(4), 2, 3, 7 * SECOND);
    assertThat(progress.uncommittedFor(8 * SECOND)).isZero();
  }

  @Test
  void silence_isNotUncommittedWork() {
    progress.observe(polls(1), 1, 1, SECOND);
    progress.observe(polls(100), 1, 1, 60 * SECOND);
    assertThat(progress.uncommittedFor(60 * SECOND)).isZero();
  }

  @Test
  void oneThreadThatHangs_isSeenBesideOneThatGoesOn() {
    progress.observe(Map.of("thread-1", 5L, "thread-2", 5L), 0, 0, SECOND);
    progress.observe(Map.of("thread-1", 6L, "thread-2", 5L), 0, 0, 8 * SECOND);
    assertThat(progress.idleFor(9 * SECOND)).isEqualTo(Duration.ofSeconds(1));
    assertThat(progress.slowestThreadIdleFor(9 * SECOND)).isEqualTo(Duration.ofSeconds(8));
  }

  @Test
  void threadThatIsGone_isNotWaitedFor() {
    progress.observe(Map.of("thread-1", 5L, "thread-2", 5L), 0, 0, SECOND);
    progress.observe(Map.of("thread-1", 6L), 0, 0, 8 * SECOND);
    assertThat(progress.slowestThreadIdleFor(9 * SECOND)).isEqualTo(Duration.ofSeconds(1));
  }
}
