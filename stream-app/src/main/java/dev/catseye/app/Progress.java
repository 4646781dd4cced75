package dev.catseye.app;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a topology advances, told from counters that only ever grow. A thread that polls an empty
 * topic advances; one that hangs, or whose commits fail, does not. Safe for several threads.
 */
final class Progress {
  private final Map<String, Polling> threads = new HashMap<>();
  private long rounds;
  private long commits;
  private long work;
  private long movedMicros;
  private long uncommittedMicros = -1; // since when work waits for its commit; -1 when none does

  /** How often a thread has polled, and when it was first seen to have. */
  private record Polling(long polls, long movedMicros) {}

  /** Progress that begins now. */
  Progress(long nowMicros) {
    movedMicros = nowMicros;
  }

  /**
   * Takes in the counters of this moment.
   *
   * @param polls polls of each stream thread, by its name
   * @param commits commits of all stream threads
   * @param work records processed
   */
  synchronized void observe(Map<String, Long> polls, long commits, long work, long nowMicros) {
    threads.keySet().retainAll(polls.keySet());
    polls.forEach(
        (name, count) ->
            threads.merge(
                name,
                new Polling(count, nowMicros),
                (before, now) -> before.polls() == count ? before : now));
    long rounds = polls.values().stream().mapToLong(Long::longValue).sum();
    if (rounds != this.rounds || work != this.work) {
      movedMicros = nowMicros;
    }
    if (commits != this.commits) {
      uncommittedMicros = -1;
    } else if (work != this.work && uncommittedMicros < 0) {
      uncommittedMicros = nowMicros;
    }
    this.rounds = rounds;
    this.commits = commits;
    this.work = work;
  }

  /** Time since anything was done. */
  synchronized Duration idleFor(long nowMicros) {
    return micros(nowMicros - movedMicros);
  }

  /**
   * Time since the slowest thread polled. One that hangs stands out here even while others go on.
   */
  synchronized Duration slowestThreadIdleFor(long nowMicros) {
    return threads.values().stream()
        .map(thread -> micros(nowMicros - thread.movedMicros()))
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** Polls of all threads so far. */
  synchronized long polls() {
    return rounds;
  }

  /** Commits of all threads so far. */
  synchronized long commits() {
    return commits;
  }

  /** Time for which work has been waiting for a commit; zero when none waits. */
  synchronized Duration uncommittedFor(long nowMicros) {
    return uncommittedMicros < 0 ? Duration.ZERO : micros(nowMicros - uncommittedMicros);
  }

  /** Everything done so far: it stands still exactly when nothing is done. */
  synchronized long counter() {
    return rounds + work;
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(micros * 1000);
  }
}
