package dev.catseye.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.FrameAge;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.testkit.Masks;
import org.junit.jupiter.api.Test;

class WorkLogTest {
  private static final FrameId FIRST = new FrameId("front", "boot-1", 1, 1_000_000);
  private static final FrameId SECOND = new FrameId("front", "boot-1", 2, 1_100_000);

  private final WorkLog log = new WorkLog();

  @Test
  void excerpt_tellsTheWorkSinceThePreviousOne() {
    log.settled(Masks.detected(FIRST), false);
    log.settled(Masks.without(SECOND, Outcome.LATE), false);
    log.judged();

    WorkLog.Excerpt excerpt = log.excerpt();

    assertThat(excerpt.counts()).isEqualTo(new OutcomeCounts(1, 0, 0, 0, 1));
    assertThat(excerpt.newest()).contains(FIRST);
    assertThat(excerpt.ages()).contains(new FrameAge(1, 50_000, 50_000, 50_000, 50_000));
    assertThat(log.settledCount()).isEqualTo(2);
    assertThat(log.judgedCount()).isEqualTo(1);
    assertThat(log.excerpt().counts()).isEqualTo(OutcomeCounts.NONE);
    assertThat(log.excerpt().newest()).contains(FIRST);
  }

  @Test
  void overtakenFrame_isCounted_andIsNotTheNewest() {
    log.settled(Masks.detected(SECOND), false);
    log.settled(Masks.detected(FIRST), true);

    WorkLog.Excerpt excerpt = log.excerpt();

    assertThat(excerpt.counts()).isEqualTo(new OutcomeCounts(2, 0, 0, 0, 0));
    assertThat(excerpt.newest()).contains(SECOND);
    assertThat(excerpt.ages().orElseThrow().count()).isEqualTo(1);
  }
}
