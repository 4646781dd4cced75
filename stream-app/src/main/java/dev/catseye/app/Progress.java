package dev.catseye.app;

import java.time.Duration;

/**
 * Whether a topology advances, told from counters that only ever grow. A thread that polls an empty
 * topic advances; one that hangs, or whose commits fail, does not. Safe for several threads.
 */
final class Progress {
  private long rounds;
  private long commits;
  private long work;
  private long movedMicros;
  private long uncommittedMicros = -1; // since when work waits for its commit; -1 when none does

  /** Progress that begins now. */
  Progress(long nowMicros) {
    movedMicros = nowMicros;
  }

  /**
   * Takes in the counters of this moment.
   *
   * @param rounds polls of all stream threads
   * @param commits commits of all stream threads
   * @param work records processed
   */
  synchronized void observe(long rounds, long commits, long work, long nowMicros) {
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
