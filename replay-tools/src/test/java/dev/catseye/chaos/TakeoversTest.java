package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.verify.RunProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TakeoversTest {
  @Test
  void theLargest_standsBesideTheBound() {
    Takeovers takeovers =
        takeovers(RunProfile.LIVE, kill(0, 3_000), kill(20_000, 7_900), kill(40_000, 5_000));
    assertThat(takeovers.sentence())
        .isEqualTo("3, median 5.0 s, largest 7.9 s, within the 8 s of profile live");
  }

  @Test
  void aTakeoverThatTookLonger_isSaidToBeMore() {
    assertThat(takeovers(RunProfile.LIVE, kill(0, 8_100)).sentence())
        .isEqualTo("1, median 8.1 s, largest 8.1 s, MORE than the 8 s of profile live");
  }

  @Test
  void aKillBesideAnotherFault_countsApart() {
    Trial storm = ChaosResultTest.trial(FaultKind.STORM, 5_000, true, 0);
    assertThat(takeovers(RunProfile.LIVE, kill(0, 9_000), storm, kill(20_000, 7_000)).sentence())
        .isEqualTo(
            "1, median 7.0 s, largest 7.0 s, within the 8 s of profile live;"
                + " with another fault meanwhile 1, median 9.0 s, largest 9.0 s");
  }

  @Test
  void ledger_promisesNothing() {
    assertThat(takeovers(RunProfile.LEDGER, kill(0, 30_000)).sentence())
        .isEqualTo("1, median 30.0 s, largest 30.0 s");
  }

  @Test
  void aKillThatDidNotBite_isNotMeasured() {
    Trial missed = ChaosResultTest.trial(FaultKind.KILL, 0, false, 3_000);
    assertThat(takeovers(RunProfile.LIVE, missed).sentence()).isEqualTo("none measured");
  }

  private static Trial kill(long fromMillis, long silenceMillis) {
    return ChaosResultTest.trial(FaultKind.KILL, fromMillis, true, silenceMillis);
  }

  private static Takeovers takeovers(RunProfile profile, Trial... trials) {
    return Takeovers.of(ChaosResultTest.result(profile, List.of(trials)));
  }
}
