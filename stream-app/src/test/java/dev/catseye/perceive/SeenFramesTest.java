package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.perceive.Sighting.Verdict;
import dev.catseye.schemas.FrameId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class SeenFramesTest {
  private static FrameId frame(String boot, long sequence) {
    return new FrameId("front", boot, sequence, 1_000_000 + 100_000 * sequence);
  }

  private static FrameId capturedAt(long sequence, long captureMicros) {
    return new FrameId("front", "a", sequence, captureMicros);
  }

  private static SeenFrames seen(FrameId first, FrameId... more) {
    SeenFrames seen = SeenFrames.first(first, 0).after();
    for (FrameId frame : more) {
      seen = seen.sight(frame, 0).after();
    }
    return seen;
  }

  private static Verdict verdict(SeenFrames seen, FrameId frame) {
    return seen.sight(frame, 0).verdict();
  }

  @Test
  void nextFrame_isNewAndUnremarkable() {
    Sighting next = seen(frame("a", 7)).sight(frame("a", 8), 0);
    assertThat(next.verdict()).isEqualTo(Verdict.NEW);
    assertThat(next.remarks()).isEmpty();
  }

  @Test
  void leftOutSequences_areCountedOnTheFrameBehindThem() {
    Sighting next = seen(frame("a", 7)).sight(frame("a", 11), 0);
    assertThat(next.missing()).isEqualTo(3);
    assertThat(next.remarks()).isEqualTo("3 frames missing before it");
    assertThat(next.after().sight(frame("a", 9), 0).verdict()).isEqualTo(Verdict.LATE);
    assertThat(next.after().sight(frame("a", 12), 0).missing()).isZero();
  }

  @Test
  void restart_acceptsTheNewBoot_andRetiresTheOld() {
    SeenFrames seen = seen(frame("a", 100));
    Sighting restart = seen.sight(frame("b", 0), 0);
    assertThat(restart.verdict()).isEqualTo(Verdict.NEW);
    assertThat(restart.restarted()).isTrue();
    assertThat(restart.missing()).isZero();
    assertThat(restart.clockFault()).isFalse(); // another boot may count from another time
    SeenFrames restarted = restart.after();
    assertThat(verdict(restarted, frame("a", 101))).isEqualTo(Verdict.LATE);
    assertThat(verdict(restarted, frame("b", 1))).isEqualTo(Verdict.NEW);
    assertThat(restarted.sight(frame("a", 101), 0).after()).isEqualTo(restarted);
  }

  @Test
  void manyRestarts_rememberTheLastFour() {
    SeenFrames seen = seen(frame("boot-0", 0));
    for (int i = 1; i <= 9; i++) {
      seen = seen.sight(frame("boot-" + i, 0), 0).after();
    }
    assertThat(seen.retired()).containsExactly("boot-8", "boot-7", "boot-6", "boot-5");
  }

  @Test
  void clockThatStandsStillOrGoesBack_isAFault_andLeavesThePeriod() {
    SeenFrames seen = seen(capturedAt(1, 1_000_000), capturedAt(2, 1_040_000));
    assertThat(seen.periodMicros()).isEqualTo(40_000);
    Sighting still = seen.sight(capturedAt(3, 1_040_000), 0);
    assertThat(still.clockFault()).isTrue();
    assertThat(still.remarks()).isEqualTo("the camera's clock did not advance");
    Sighting back = seen.sight(capturedAt(3, 999), 0);
    assertThat(back.clockFault()).isTrue();
    assertThat(back.after().periodMicros()).isEqualTo(40_000);
    assertThat(back.after().sight(capturedAt(4, 40_999), 0).clockFault()).isFalse();
  }

  @Test
  void period_isThatOfOneFrame_alsoAcrossGaps_andFollowsSlowly() {
    SeenFrames seen = seen(capturedAt(0, 0), capturedAt(4, 400_000));
    assertThat(seen.periodMicros()).isEqualTo(100_000);
    assertThat(seen.sight(capturedAt(5, 1_200_000), 0).after().periodMicros()).isEqualTo(187_500);
  }

  @Test
  void frameBehindTheWindow_isLateWhetherSeenOrNot() {
    SeenFrames seen = seen(frame("a", 0), frame("a", 64));
    assertThat(verdict(seen, frame("a", 0))).isEqualTo(Verdict.LATE);
    assertThat(verdict(seen, frame("a", 1))).isEqualTo(Verdict.LATE);
  }

  @Test
  void hugeStep_forgetsTheWindow() {
    FrameId last = new FrameId("front", "a", Long.MAX_VALUE, 2_000_000);
    SeenFrames seen = seen(frame("a", 0), last);
    assertThat(seen.window()).isEqualTo(1);
    assertThat(verdict(seen, last)).isEqualTo(Verdict.DUPLICATE);
    assertThat(verdict(seen, frame("a", 0))).isEqualTo(Verdict.LATE);
  }

  /** Against a memory that keeps every sequence for ever. */
  @Property(tries = 500)
  void verdicts_areThoseOfAnEndlessMemory(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 200) Integer> sequences) {
    Set<Integer> all = new HashSet<>(Set.of(sequences.get(0)));
    SeenFrames seen = seen(frame("a", sequences.get(0)));
    for (int sequence : sequences.subList(1, sequences.size())) {
      int newest = all.stream().max(Integer::compare).orElseThrow();
      Verdict expected =
          sequence > newest
              ? Verdict.NEW
              : all.contains(sequence) && newest - sequence < 64 ? Verdict.DUPLICATE : Verdict.LATE;
      Sighting sighting = seen.sight(frame("a", sequence), 0);
      assertThat(sighting.verdict()).isEqualTo(expected);
      assertThat(sighting.missing()).isEqualTo(sequence > newest ? sequence - newest - 1 : 0);
      all.add(sequence);
      seen = sighting.after();
    }
  }

  @Test
  void frameThatWasPutBack_isNeverLate_andCannotBeSeenTwice() {
    SeenFrames seen = seen(frame("a", 0), frame("a", 70));
    for (long missed : List.of(1, 69)) { // behind the window and within
      Sighting again = seen.sightAgain(frame("a", missed), 0);
      assertThat(again.verdict()).isEqualTo(Verdict.OVERTAKEN);
      assertThat(again.after().newest()).isEqualTo(70);
    }
    SeenFrames after = seen.sightAgain(frame("a", 69), 0).after();
    assertThat(after.sightAgain(frame("a", 69), 0).verdict()).isEqualTo(Verdict.DUPLICATE);
    assertThat(verdict(after, frame("a", 69))).isEqualTo(Verdict.DUPLICATE);
  }

  @Test
  void frameThatWasPutBack_isNewWhereNothingNewerWasSeen() {
    SeenFrames seen = SeenFrames.first(frame("a", 5), 1_000).after();
    assertThat(seen.sightAgain(frame("a", 6), 900).verdict()).isEqualTo(Verdict.NEW);
    Sighting laterBoot = seen.sightAgain(frame("b", 0), 1_001);
    assertThat(laterBoot.verdict()).isEqualTo(Verdict.NEW);
    assertThat(laterBoot.restarted()).isTrue();
    assertThat(laterBoot.after().sightAgain(frame("c", 0), 1_002).verdict()).isEqualTo(Verdict.NEW);
  }

  @Test
  void bootThatCameBeforeTheNewestFrame_isNotBroughtBack() {
    SeenFrames seen = seen(frame("a", 5), frame("b", 0)).sight(frame("b", 1), 1_000).after();
    for (String earlier : List.of("a", "never seen, each of its frames was rejected")) {
      Sighting again = seen.sightAgain(frame(earlier, 9), 1_000);
      assertThat(again.verdict()).isEqualTo(Verdict.OVERTAKEN);
      assertThat(again.after()).isEqualTo(seen);
      assertThat(verdict(again.after(), frame("b", 2))).isEqualTo(Verdict.NEW);
    }
  }

  @Test
  void storedMemory_comesBackEqual_andStaysSmall() {
    String longest = "\u20ac".repeat(200);
    SeenFrames seen = seen(frame("a", 5));
    for (int boot = 0; boot < 9; boot++) {
      String name = boot + longest.substring(1);
      seen = seen.sight(frame(name, 7), 123_456).after().sight(frame(name, 6), 123_457).after();
    }
    Serde<SeenFrames> serde = SeenFramesSerde.create();
    byte[] bytes = serde.serializer().serialize("changelog", seen);
    assertThat(bytes).hasSizeLessThan(3 << 10);
    assertThat(serde.deserializer().deserialize("changelog", bytes)).isEqualTo(seen);
  }

  @Test
  void memoryOfAnotherForm_isRefusedByName() {
    Serde<SeenFrames> serde = SeenFramesSerde.create();
    byte[] bytes = serde.serializer().serialize("changelog", seen(frame("a", 5)));
    bytes[0] = 1;
    assertThatThrownBy(() -> serde.deserializer().deserialize("changelog", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage("seen frames of version 1, not 2");
  }
}
