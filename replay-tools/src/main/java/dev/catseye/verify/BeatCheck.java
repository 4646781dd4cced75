package dev.catseye.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * E3: heartbeats are sealed; while an instance works their alive counter never falls, and it rises
 * whenever the state is OK. A life begins with STARTING and ends with STOPPING.
 */
final class BeatCheck implements Check {
  @Override
  public void judge(History history, Findings findings) {
    Map<String, SeenBeat.Facts> before = new HashMap<>();
    findings.checked(Promise.E3, history.beats().size());
    for (SeenBeat beat : history.beats()) {
      if (beat.sound().isEmpty()) {
        findings.violation(Promise.E3, beat.place(), String.join("; ", beat.faults()));
        continue;
      }
      SeenBeat.Facts facts = beat.sound().get();
      Optional.ofNullable(before.put(facts.instance(), facts))
          .flatMap(last -> fault(last, facts))
          .ifPresent(text -> findings.violation(Promise.E3, beat.place(), text));
    }
  }

  private static Optional<String> fault(SeenBeat.Facts last, SeenBeat.Facts beat) {
    if (!beat.working() || !last.working()) {
      return Optional.empty(); // a new life counts anew, and a life that ends no more
    }
    boolean stands = beat.counter() == last.counter() && beat.ok();
    return beat.counter() < last.counter() || stands
        ? Optional.of(
            "%s of instance %s with alive counter %d after %d"
                .formatted(beat.state(), beat.instance(), beat.counter(), last.counter()))
        : Optional.empty();
  }
}
