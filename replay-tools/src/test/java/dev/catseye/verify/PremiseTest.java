package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a premise fails, nothing is proven: UNKNOWN, unless a promise was seen broken. */
class PremiseTest {
  private final Recording run = Recording.clean();

  @Test
  void anEmptyTopic_isUnknown() {
    List.of(run.frames, run.masks, run.rejects).forEach(List::clear);
    run.committed.clear();

    Verdict verdict = run.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.UNKNOWN);
    assertThat(verdict.doubts()).contains("frames holds no frame");
  }

  @Test
  void aGroupThatCommittedNothing_isUnknown() {
    run.committed.clear();

    Verdict verdict = run.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.UNKNOWN);
    assertThat(verdict.doubts())
        .contains("group catseye-perceive has committed nothing on frames-0");
  }

  @Test
  void framesDeletedByRetention_areUnknown() {
    run.frames.removeIf(frame -> frame.place().partition() == 0 && frame.place().offset() < 8);
    run.logs.set(0, new LogBounds("frames", 0, 8, 24, 24));

    Verdict verdict = run.judge();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.UNKNOWN);
    assertThat(verdict.doubts())
        .containsExactly("frames-0 begins at 8: 4 outcomes judge frames that are deleted");
  }

  @Test
  void framesDeletedUnread_areUnknown() {
    run.frames.removeIf(frame -> frame.place().partition() == 0);
    run.masks.removeIf(mask -> mask.place().partition() == 0);
    run.rejects.removeIf(reject -> reject.place().partition() == 0);
    run.logs.set(0, new LogBounds("frames", 0, 30, 30, 30));

    assertThat(run.judge().doubts()).singleElement().asString().contains("deleted unread");
  }

  @Test
  void masksDeletedByRetention_areUnknownAndNotLost() {
    run.masks.removeIf(mask -> mask.place().offset() < 9);
    run.logs.set(1, new LogBounds("masks", 0, 9, 48, 48));

    assertThat(run.judge().word()).isEqualTo(Verdict.Word.UNKNOWN);
  }

  @Test
  void anOldBroker_isUnknown() {
    run.transactionVersion = 1;

    assertThat(run.judge().word()).isEqualTo(Verdict.Word.UNKNOWN);
  }

  @Test
  void aViolation_outweighsADoubt() {
    run.transactionVersion = 1;
    run.masks.remove(3);

    assertThat(run.judge().word()).isEqualTo(Verdict.Word.FAIL);
  }
}
