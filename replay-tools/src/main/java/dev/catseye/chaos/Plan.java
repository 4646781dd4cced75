package dev.catseye.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What is done to a run, in order: a pure function of seed, length and profile. Every kind comes
 * once before any comes again; a quarter of the faults begin while the one before still heals.
 *
 * @param faults in order
 */
record Plan(List<Fault> faults) {
  /** Longest session of a group in profile live: an instance that is silent for longer is out. */
  private static final Duration LIVE_SESSION = Duration.ofSeconds(6);

  private static final Duration SHORT_CALM = Duration.ofMillis(500);

  /** The eight of a short run: each of another kind, the costly ones spread. */
  private static final List<FaultKind> SHORT =
      List.of(
          FaultKind.KILL,
          FaultKind.POISON,
          FaultKind.DUPLICATE,
          FaultKind.REORDER,
          FaultKind.PAUSE,
          FaultKind.CLOCK,
          FaultKind.CUT,
          FaultKind.STORM);

  Plan {
    faults = List.copyOf(faults);
  }

  /** Eight faults, the shortest there are. */
  static Plan brief(long seed) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    for (FaultKind kind : SHORT) {
      Duration length =
          kind == FaultKind.PAUSE ? LIVE_SESSION.plusSeconds(2) : Duration.ofSeconds(3);
      faults.add(new Fault(kind, random.nextInt(12), length, SHORT_CALM, random.nextLong()));
    }
    return new Plan(faults);
  }

  /**
   * As many faults as a run of a stated length can hold at most; it ends where its time is over.
   *
   * @param length of the run
   */
  static Plan of(long seed, Duration length) {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    Set<FaultKind> all = EnumSet.allOf(FaultKind.class);
    for (long planned = 0; planned < length.toMillis(); ) {
      List<FaultKind> round = new ArrayList<>(all);
      Collections.shuffle(round, random);
      for (FaultKind kind : round) {
        Fault fault = draw(kind, random);
        faults.add(fault);
        planned += 1000;
      }
    }
    return new Plan(faults);
  }

  private static Fault draw(FaultKind kind, Random random) {
    // Half of the silences outlast a session of profile live, half do not.
    long lengthMillis =
        random.nextBoolean()
            ? random.nextLong(1_000, 4_000)
            : LIVE_SESSION.toMillis() + random.nextLong(1_000, 6_000);
    boolean overlaps = random.nextInt(4) == 0;
    Duration calm = overlaps ? Duration.ZERO : Duration.ofMillis(random.nextLong(1_000, 5_000));
    return new Fault(
        kind, random.nextInt(12), Duration.ofMillis(lengthMillis), calm, random.nextLong());
  }
}
