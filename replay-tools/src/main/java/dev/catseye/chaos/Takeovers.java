package dev.catseye.chaos;

import dev.catseye.verify.RunProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How long it took after each kill -9 of an instance until every camera that it had was answered
 * again: by another instance or by its own next life. The verdict does not depend on it, because it
 * depends on the machine.
 *
 * @param alone milliseconds, ascending, of kills with no other fault meanwhile
 * @param disturbed the same of the others
 * @param bound that the profile promises; empty where it promises none
 */
record Takeovers(List<Long> alone, List<Long> disturbed, Optional<Duration> bound) {
  private static final Duration LIVE_BOUND = Duration.ofSeconds(8);

  /** Those of a run. */
  static Takeovers of(ChaosResult result) {
    List<Long> alone = new ArrayList<>();
    List<Long> disturbed = new ArrayList<>();
    for (Trial kill : result.trials()) {
      if (kill.kind() == FaultKind.KILL && kill.bit() && kill.silenceMillis().isPresent()) {
        boolean meanwhile = result.trials().stream().anyMatch(other -> overlap(kill, other));
        (meanwhile ? disturbed : alone).add(kill.silenceMillis().getAsLong());
      }
    }
    return new Takeovers(
        alone.stream().sorted().toList(),
        disturbed.stream().sorted().toList(),
        result.config().profile() == RunProfile.LIVE ? Optional.of(LIVE_BOUND) : Optional.empty());
  }

  private static boolean overlap(Trial kill, Trial other) {
    return !other.equals(kill)
        && other.inflicted().fromMillis() <= end(kill)
        && kill.inflicted().fromMillis() <= end(other);
  }

  /** When the last camera was answered again. */
  private static long end(Trial trial) {
    Inflicted done = trial.inflicted();
    return Math.max(done.toMillis(), done.fromMillis() + trial.silenceMillis().orElse(0));
  }

  /** In words, without a line end. */
  String sentence() {
    String more = disturbed.isEmpty() ? "" : "; with another fault meanwhile " + times(disturbed);
    return (alone.isEmpty() ? "none measured" : times(alone) + promise()) + more;
  }

  private String promise() {
    long largest = alone.get(alone.size() - 1);
    return bound
        .map(
            most ->
                largest <= most.toMillis()
                    ? ", within the %d s of profile live".formatted(most.toSeconds())
                    : ", MORE than the %d s of profile live".formatted(most.toSeconds()))
        .orElse("");
  }

  private static String times(List<Long> millis) {
    return String.format(
        Locale.ROOT,
        "%d, median %.1f s, largest %.1f s",
        millis.size(),
        millis.get(millis.size() / 2) / 1e3,
        millis.get(millis.size() - 1) / 1e3);
  }
}
