package dev.catseye.perceive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.perceive.SeenFrames.Verdict;
import dev.catseye.schemas.FrameId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class SeenFramesTest {
  private static FrameId frame(String boot, long sequence) {
    return new FrameId("front", boot, sequence, 1000);
  }

  @Test
  void restart_acceptsTheNewBoot_andRetiresTheOld() {
    SeenFrames seen = SeenFrames.first(frame("a", 100));
    assertThat(seen.verdict(frame("b", 0))).isEqualTo(Verdict.NEW);
    SeenFrames restarted = seen.with(frame("b", 0));
    assertThat(restarted.verdict(frame("a", 101))).isEqualTo(Verdict.LATE);
    assertThat(restarted.verdict(frame("b", 1))).isEqualTo(Verdict.NEW);
    assertThat(restarted.with(frame("a", 101))).isEqualTo(restarted);
  }

  @Test
  void manyRestarts_rememberTheLastFour() {
    SeenFrames seen = SeenFrames.first(frame("boot-0", 0));
    for (int i = 1; i <= 9; i++) {
      seen = seen.with(frame("boot-" + i, 0));
    }
    assertThat(seen.retired()).containsExactly("boot-8", "boot-7", "boot-6", "boot-5");
  }

  @Test
  void frameBehindTheWindow_isLateWhetherSeenOrNot() {
    SeenFrames seen = SeenFrames.first(frame("a", 0)).with(frame("a", 64));
    assertThat(seen.verdict(frame("a", 0))).isEqualTo(Verdict.LATE);
    assertThat(seen.verdict(frame("a", 1))).isEqualTo(Verdict.LATE);
  }

  @Test
  void hugeStep_forgetsTheWindow() {
    SeenFrames seen = SeenFrames.first(frame("a", 0)).with(frame("a", Long.MAX_VALUE));
    assertThat(seen.window()).isEqualTo(1);
    assertThat(seen.verdict(frame("a", Long.MAX_VALUE))).isEqualTo(Verdict.DUPLICATE);
    assertThat(seen.verdict(frame("a", 0))).isEqualTo(Verdict.LATE);
  }

  /** Against a memory that keeps every sequence for ever. */
  @Property(tries = 500)
  void verdicts_areThoseOfAnEndlessMemory(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 200) Integer> sequences) {
    Set<Integer> all = new HashSet<>(Set.of(sequences.get(0)));
    SeenFrames seen = SeenFrames.first(frame("a", sequences.get(0)));
    for (int sequence : sequences.subList(1, sequences.size())) {
      int newest = all.stream().max(Integer::compare).orElseThrow();
      Verdict expected =
          sequence > newest
              ? Verdict.NEW
              : all.contains(sequence) && newest - sequence < 64 ? Verdict.DUPLICATE : Verdict.LATE;
      assertThat(seen.verdict(frame("a", sequence))).isEqualTo(expected);
      all.add(sequence);
      seen = seen.with(frame("a", sequence));
    }
  }

  @Test
  void storedMemory_comesBackEqual() {
    SeenFrames seen =
        SeenFrames.first(frame("a", 5)).with(frame("b\u00e9", 7)).with(frame("b\u00e9", 6));
    Serde<SeenFrames> serde = SeenFramesSerde.create();
    byte[] bytes = serde.serializer().serialize("changelog", seen);
    assertThat(serde.deserializer().deserialize("changelog", bytes)).isEqualTo(seen);
  }
}
