package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.metrics.ProcessState;
import dev.catseye.metrics.ProcessState.RoleState;
import dev.catseye.metrics.WorkLog;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A process that runs judge only, on a clock of the test's own. */
class VitalsTest {
  private static final long SECOND = 1_000_000;

  private final FakeTopology judge = new FakeTopology();
  private final WorkLog work = new WorkLog();
  private long now = 100 * SECOND;
  private long brokerAnswered = now;
  private final Vitals vitals = new Vitals("i-1", EnumSet.of(Role.JUDGE), () -> now);

  /** A topology whose counters the test turns. */
  private static final class FakeTopology implements RunningTopology {
    private final Progress progress = new Progress(100 * SECOND);
    private boolean joined = true;
    private long rounds;
    private long otherRounds; // of a second thread
    private long commits;
    private long done;

    @Override
    public Role role() {
      return Role.JUDGE;
    }

    @Override
    public boolean hasJoined() {
      return joined;
    }

    @Override
    public Progress progress(long nowMicros) {
      progress.observe(
          Map.of("thread-1", rounds, "thread-2", otherRounds), commits, done, nowMicros);
      return progress;
    }

    @Override
    public double lag() {
      return 7;
    }
  }

  private void run() {
    Limits limits = new Limits(Duration.ofSeconds(10), 1);
    vitals.running(new Vitals.Watched(List.of(judge), limits, () -> brokerAnswered));
  }

  private void pass(long seconds) {
    now += seconds * SECOND;
    brokerAnswered = now;
  }

  private Heartbeat beat() {
    return vitals.heartbeat(work.excerpt());
  }

  @Test
  void startingProcess_isAliveAndNotReady_andSaysWhatItDoes() {
    vitals.starting("loads the model");
    assertThat(vitals.live().holds()).isTrue();
    assertThat(vitals.ready().holds()).isFalse();
    assertThat(vitals.ready().reason()).isEqualTo("loads the model");
    assertThat(beat().state()).isEqualTo(HealthState.STARTING);
  }

  @Test
  void topologyWithoutPartitions_isNotReady() {
    judge.joined = false;
    run();
    assertThat(vitals.ready().reason()).isEqualTo("judge waits for its partitions");
    assertThat(beat().state()).isEqualTo(HealthState.STARTING);
  }

  @Test
  void silentBroker_makesNotReady_within5s_andIsNoReasonForARestart() {
    run();
    brokerAnswered = now;
    now += 4 * SECOND;
    assertThat(vitals.ready().holds()).isTrue();
    now += SECOND;
    assertThat(vitals.ready().reason()).isEqualTo("no broker has answered for 5 s");
    assertThat(vitals.live().holds()).isTrue();
    brokerAnswered = now;
    judge.rounds++;
    assertThat(vitals.ready().holds()).isTrue();
  }

  @Test
  void hungThread_isToldByHeartbeatReadinessAndLivenessInTurn() {
    run();
    beat();
    pass(1);
    judge.rounds++;
    assertThat(beat().state()).isEqualTo(HealthState.OK);
    pass(1);
    Heartbeat hung = beat();
    assertThat(hung.state()).isEqualTo(HealthState.DEGRADED);
    assertThat(hung.reasons()).containsExactly(HealthReason.NO_PROGRESS);
    pass(15);
    assertThat(vitals.ready().reason()).isEqualTo("judge has not moved for 16 s");
    assertThat(vitals.live().holds()).isTrue();
    pass(300);
    assertThat(vitals.live().holds()).isFalse();
  }

  @Test
  void oneHungThreadOfTwo_endsLivenessAndReadiness() {
    run();
    vitals.live(); // both threads are seen for the first time
    for (int i = 0; i < 301; i++) {
      pass(1);
      judge.rounds++;
      judge.commits++;
      vitals.live();
    }
    assertThat(vitals.live().reason()).isEqualTo("a thread of judge has not moved for 301 s");
    assertThat(vitals.live().holds()).isFalse();
    assertThat(vitals.ready().holds()).isFalse();
    judge.otherRounds++;
    assertThat(vitals.live().holds()).isTrue();
    assertThat(vitals.ready().holds()).isTrue();
  }

  @Test
  void state_tellsMetersWhatTheProbesSay() {
    assertThat(vitals.state()).isEqualTo(new ProcessState(true, false, 0, List.of()));
    run();
    judge.rounds = 5;
    judge.commits = 2;
    vitals.state();
    now += 3 * SECOND;
    assertThat(vitals.state())
        .isEqualTo(new ProcessState(true, true, 3, List.of(new RoleState("judge", 5, 2, 3, 0, 7))));
    vitals.failed("no memory");
    assertThat(vitals.state().live()).isFalse();
    assertThat(vitals.state().ready()).isFalse();
  }

  @Test
  void workThatIsNeverCommitted_makesNotReady() {
    run();
    for (int i = 0; i < 25; i++) {
      pass(1);
      judge.rounds++;
      judge.done++;
      vitals.ready();
    }
    assertThat(vitals.ready().reason()).isEqualTo("judge has not committed for 24 s");
    judge.commits++;
    assertThat(vitals.ready().holds()).isTrue();
  }

  @Test
  void condition_changesWithStateAndReasons_andIsNotUsedUp() {
    Vitals.Condition starting = vitals.condition();
    run();
    Vitals.Condition running = vitals.condition();
    assertThat(running).isNotEqualTo(starting).isEqualTo(vitals.condition());
    now += 5 * SECOND; // the broker is silent
    assertThat(vitals.condition().reasons()).containsExactly(HealthReason.NO_PROGRESS);
    vitals.stopping();
    assertThat(vitals.condition().state()).isEqualTo(HealthState.STOPPING);
  }

  @Test
  void heartbeat_saysThatCamerasWereRefused() {
    run();
    work.refusedCamera();
    assertThat(beat().reasons()).containsExactly(HealthReason.CROWDED);
    judge.rounds++;
    assertThat(beat().state()).isEqualTo(HealthState.OK);
  }

  @Test
  void counter_standsExactlyWhenNothingIsDone() {
    run();
    long first = beat().counter();
    assertThat(beat().counter()).isEqualTo(first);
    judge.done++;
    assertThat(beat().counter()).isEqualTo(first + 1);
  }

  @Test
  void otherProviderThanConfigured_isDegraded() {
    vitals.loaded("CPU", "ab".repeat(32), false);
    run();
    Heartbeat beat = beat();
    assertThat(beat.state()).isEqualTo(HealthState.DEGRADED);
    assertThat(beat.reasons()).containsExactly(HealthReason.ACCELERATOR);
    assertThat(beat.provider()).isEqualTo("CPU");
  }

  @Test
  void failedProcess_staysFailed() {
    run();
    vitals.failed("perceive stopped: no memory");
    vitals.stopping();
    assertThat(vitals.live().reason()).isEqualTo("perceive stopped: no memory");
    assertThat(beat().state()).isEqualTo(HealthState.FAULT);
    assertThat(beat().reasons()).containsExactly(HealthReason.RUNTIME);
  }

  @Test
  void stoppingProcess_saysSo() {
    run();
    vitals.stopping();
    assertThat(vitals.ready().reason()).isEqualTo("stopping");
    assertThat(beat().state()).isEqualTo(HealthState.STOPPING);
  }
}
