package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.verify.Census;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ChaosResultTest {
  private static final Map<Control, Optional<Verdict>> SEEN =
      Map.of(Control.DROP, Optional.of(verdict(Verdict.Word.FAIL)));

  private static Verdict verdict(Verdict.Word word) {
    Census census =
        new Census(
            100,
            100,
            new TreeMap<>(),
            100,
            0,
            0,
            0,
            0,
            0,
            List.of(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>(),
            new TreeSet<>());
    return new Verdict(word, census, Map.of(), Map.of(), List.of(), List.of());
  }

  private static Trial trial(boolean bit) {
    return trial(FaultKind.KILL, 0, bit, 1500);
  }

  /** A fault of a millisecond. */
  static Trial trial(FaultKind kind, long fromMillis, boolean bit, long silenceMillis) {
    Fault fault = new Fault(kind, 0, Duration.ZERO, Duration.ZERO, 1);
    Inflicted inflicted =
        new Inflicted(
            fault,
            "instance a",
            fromMillis,
            fromMillis + 1,
            List::of,
            () -> Inflicted.Bite.when(bit, "evidence"));
    return new Trial(inflicted, bit, "evidence", OptionalLong.of(silenceMillis));
  }

  /** A run in which these faults were done and all went well. */
  static ChaosResult result(RunProfile profile, List<Trial> trials) {
    return result(profile, trials, 100, 0, 0, Verdict.Word.PASS, SEEN);
  }

  private static ChaosResult result(
      List<Trial> trials,
      long confirmed,
      long unanswered,
      Verdict.Word word,
      Map<Control, Optional<Verdict>> controls) {
    return result(RunProfile.LIVE, trials, confirmed, unanswered, 0, word, controls);
  }

  private static ChaosResult result(
      RunProfile profile,
      List<Trial> trials,
      long confirmed,
      long unanswered,
      long spoiled,
      Verdict.Word word,
      Map<Control, Optional<Verdict>> controls) {
    ChaosConfig config = new ChaosConfig(profile, 1, Optional.empty(), 2, 1, 4, 1, Path.of("run"));
    return new ChaosResult(
        config,
        0,
        10,
        trials,
        confirmed,
        unanswered,
        spoiled,
        2,
        List.of(),
        verdict(word),
        controls);
  }

  @Test
  void aRunThatKeptEverything_passesAndStatesItsBound() {
    ChaosResult result =
        result(List.of(trial(true), trial(false)), 100, 0, Verdict.Word.PASS, SEEN);
    assertThat(result.word()).isEqualTo(Verdict.Word.PASS);
    assertThat(result.bites()).isEqualTo(1);
    assertThat(ChaosPage.of(result))
        .contains("bit, by kind: kill 1 of 2", "0 of 1 faults that bit", "at most 95.0 %")
        .contains("every camera answered again after 1.5 s")
        .endsWith("chaos verdict: PASS\n");
  }

  @Test
  void aConfirmedFrameThatIsGone_fails() {
    ChaosResult result = result(List.of(trial(true)), 101, 0, Verdict.Word.PASS, SEEN);
    assertThat(result.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(ChaosPage.of(result)).contains("1 confirmed frames are not there");
  }

  @Test
  void aFrameSpoiledByTheRunOfAnother_fails() {
    ChaosResult result =
        result(RunProfile.LIVE, List.of(trial(true)), 100, 0, 1, Verdict.Word.PASS, SEEN);
    assertThat(result.word()).isEqualTo(Verdict.Word.FAIL);
    assertThat(ChaosPage.of(result)).contains("spoiled   1 frames");
  }

  @Test
  void aBrokenPromise_failsWhateverElse() {
    assertThat(result(List.of(), 100, 5, Verdict.Word.FAIL, SEEN).word())
        .isEqualTo(Verdict.Word.FAIL);
  }

  @Test
  void aRunInWhichNothingBit_provesNothing() {
    ChaosResult result = result(List.of(trial(false)), 100, 0, Verdict.Word.PASS, SEEN);
    assertThat(result.word()).isEqualTo(Verdict.Word.UNKNOWN);
    assertThat(result.doubts()).containsExactly("no fault bit");
  }

  @Test
  void aControlThatPasses_makesTheCheckerDoubtful() {
    Map<Control, Optional<Verdict>> blind =
        Map.of(Control.DROP, Optional.of(verdict(Verdict.Word.PASS)));
    ChaosResult result = result(List.of(trial(true)), 100, 0, Verdict.Word.PASS, blind);
    assertThat(result.word()).isEqualTo(Verdict.Word.UNKNOWN);
    assertThat(result.word(Control.DROP)).isEqualTo(Verdict.Word.PASS);
  }

  @Test
  void framesWithoutAnAnswer_leaveADoubt() {
    assertThat(result(List.of(trial(true)), 100, 3, Verdict.Word.PASS, SEEN).doubts())
        .containsExactly("3 frames were not answered before the run's patience ended");
  }
}
