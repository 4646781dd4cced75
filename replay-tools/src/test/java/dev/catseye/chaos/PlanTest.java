package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final Duration LENGTH = Duration.ofMinutes(5);

  @Test
  void oneSeed_givesOnePlan() {
    assertThat(Plan.of(7, LENGTH)).isEqualTo(Plan.of(7, LENGTH)).isNotEqualTo(Plan.of(8, LENGTH));
    assertThat(Plan.brief(7)).isEqualTo(Plan.brief(7)).isNotEqualTo(Plan.brief(8));
  }

  @Test
  void everyKind_comesOnceBeforeAnyComesAgain() {
    List<FaultKind> kinds = Plan.of(7, LENGTH).faults().stream().map(Fault::kind).toList();
    int all = FaultKind.values().length;
    for (int round = 0; round + all <= kinds.size(); round += all) {
      assertThat(EnumSet.copyOf(kinds.subList(round, round + all))).hasSize(all);
    }
    assertThat(kinds.size()).isGreaterThanOrEqualTo(all);
  }

  @Test
  void aShortRun_hasEightKinds() {
    assertThat(Plan.brief(1).faults()).extracting(Fault::kind).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void aLongRun_hasSilencesOnBothSidesOfASession() {
    assertThat(Plan.of(1, LENGTH).faults())
        .anyMatch(fault -> fault.length().toSeconds() < 6)
        .anyMatch(fault -> fault.length().toSeconds() > 6);
  }
}
