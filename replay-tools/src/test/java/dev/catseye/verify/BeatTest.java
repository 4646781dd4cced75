package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.Serdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Heartbeats of one instance, once a second, and what must not be among them. */
class BeatTest {
  private final Recording run = Recording.clean();
  private final List<Heartbeat> beats =
      new ArrayList<>(
          List.of(
              beat(HealthState.STARTING, 0, 0),
              beat(HealthState.OK, 0, 1),
              beat(HealthState.OK, 40, 2),
              beat(HealthState.DEGRADED, 40, 3),
              beat(HealthState.OK, 80, 4),
              beat(HealthState.STARTING, 0, 5),
              beat(HealthState.OK, 40, 6)));

  @Test
  void soundHeartbeats_pass() {
    Verdict verdict = judge();

    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.census().heartbeats()).isEqualTo(7);
  }

  @Test
  void aCounterThatStandsWhileOk_breaksE3() {
    beats.set(4, beat(HealthState.OK, 40, 4));

    assertThat(only(Promise.E3)).isEqualTo("OK of instance one with alive counter 40 after 40");
  }

  @Test
  void aCounterThatFalls_breaksE3() {
    beats.set(3, beat(HealthState.DEGRADED, 39, 3));

    only(Promise.E3);
  }

  @Test
  void aBrokenSeal_breaksE3() {
    write();
    run.heartbeats.set(2, Recording.flipped(run.heartbeats.get(2), 200));

    assertThat(run.judge().violations()).containsOnlyKeys(Promise.E3);
  }

  @Test
  void aTimeThatRunsBack_breaksT1() {
    beats.set(4, beat(HealthState.OK, 80, 2));

    only(Promise.T1);
  }

  private String only(Promise promise) {
    Verdict verdict = judge();
    assertThat(verdict.violations()).as("%s", verdict.examples()).containsOnlyKeys(promise);
    return verdict.examples().get(0).text();
  }

  private Verdict judge() {
    write();
    return run.judge();
  }

  private void write() {
    for (Heartbeat beat : beats) {
      Place place = new Place("heartbeats", 0, run.heartbeats.size());
      byte[] value = Serdes.heartbeat().serializer().serialize("", beat);
      run.heartbeats.add(Recording.record(place, "one", value, 0));
    }
  }

  private static Heartbeat beat(HealthState state, long counter, long seconds) {
    return new Heartbeat(
        "one",
        List.of("perceive", "judge"),
        state,
        state == HealthState.DEGRADED ? List.of(HealthReason.NO_PROGRESS) : List.of(),
        counter,
        Optional.empty(),
        Optional.empty(),
        OutcomeCounts.NONE,
        "CPU",
        Recording.BUNDLE,
        1_000_000 * seconds);
  }
}
