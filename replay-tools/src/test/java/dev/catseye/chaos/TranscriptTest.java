package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.traffic.Sent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TranscriptTest {
  private final Transcript transcript = new Transcript();

  private Sent sent(int partition, long offset, long millis) {
    Sent record = new Sent(partition, offset, millis);
    transcript.sent(record);
    return record;
  }

  private void answer(int partition, long offset, String instance, long millis) {
    transcript.answered(
        new Origin("frames", partition, offset),
        new Answer(Outcome.DETECTED, Reason.NONE, instance, millis, 1000));
  }

  @Test
  void aFrameThatIsThereAndNotAnswered_isInHand() {
    sent(0, 0, 100);
    sent(0, 1, 200);
    sent(0, 2, 400);
    answer(0, 0, "a", 150);
    answer(0, 1, "a", 350);

    assertThat(transcript.inHand(List.of(0), 300)).isEqualTo(1);
    assertThat(transcript.inHand(List.of(0), 350)).isZero();
    assertThat(transcript.unanswered(1000)).isEqualTo(1);
    assertThat(transcript.waited(List.of(0), 250, 300)).isEqualTo(1);
    assertThat(transcript.waited(List.of(0), 150, 400)).isEqualTo(2);
  }

  @Test
  void aPartition_belongsToWhoAnsweredLast() {
    sent(0, 0, 100);
    sent(0, 1, 200);
    sent(1, 0, 100);
    answer(0, 0, "a", 150);
    answer(0, 1, "b", 250);
    answer(1, 0, "b", 150);

    assertThat(transcript.ownedBy("a", 200)).containsExactly(0);
    assertThat(transcript.ownedBy("b", 300)).containsExactly(0, 1);
    assertThat(transcript.ownedBy("b", 60_000)).as("long ago").isEmpty();
  }

  @Test
  void theLongestSilence_isThatOfTheLastPartition() {
    sent(0, 0, 100);
    sent(1, 0, 100);
    answer(0, 0, "a", 500);
    assertThat(transcript.untilAnswered(List.of(0, 1), 200)).isEmpty();
    answer(1, 0, "a", 900);
    assertThat(transcript.untilAnswered(List.of(0, 1), 200)).isEqualTo(OptionalLong.of(700));
    assertThat(transcript.answers(Optional.of("a"), 500, 900)).isEqualTo(1);
  }

  @Test
  void outcomes_countOnlyWhatIsAnswered() {
    Sent known = sent(0, 0, 100);
    Sent open = sent(0, 1, 100);
    answer(0, 0, "a", 150);
    assertThat(transcript.outcomes(List.of(known, open))).isEqualTo(Map.of(Outcome.DETECTED, 1L));
  }

  @Test
  void aFrameThatFailedWithoutAReason_isSpoiled() {
    Sent hanging = sent(0, 0, 100);
    sent(0, 1, 100);
    sent(1, 0, 100);
    Answer ended = new Answer(Outcome.REJECTED, Reason.INFERENCE, "a", 200, 0);
    transcript.answered(new Origin("frames", 0, 0), ended);
    answer(0, 1, "a", 250);
    assertThat(transcript.spoiled(List.of(hanging))).isZero();
    transcript.answered(new Origin("frames", 1, 0), ended);
    assertThat(transcript.spoiled(List.of(hanging))).isEqualTo(1);
  }

  @Test
  void waitingForOneRecord_endsWithItsAnswer() throws Exception {
    Sent one = sent(0, 0, 100);
    sent(0, 1, 100);
    assertThat(transcript.awaitAnswer(one, 10)).isFalse();
    answer(0, 0, "a", 150);
    assertThat(transcript.awaitAnswer(one, 10)).isTrue();
  }

  @Test
  void waiting_endsWithTheLastAnswerOrWithPatience() throws Exception {
    sent(0, 0, 100);
    assertThat(transcript.awaitAnswers(100, 10)).isFalse();
    answer(0, 0, "a", 150);
    assertThat(transcript.awaitAnswers(100, 0)).isTrue();
    assertThat(transcript.awaitEveryPartition(1, 0)).isTrue();
    assertThat(transcript.awaitEveryPartition(2, 0)).isFalse();
  }
}
