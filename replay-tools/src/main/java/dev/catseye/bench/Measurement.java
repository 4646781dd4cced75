package dev.catseye.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Times of the two forms of a graph, which gave the same maps in every run.
 *
 * @param setting what was measured, and on what
 * @param rounds the counted runs, in order, at least one
 */
public record Measurement(Setting setting, List<Round> rounds) {
  /** Copies the list. */
  public Measurement {
    rounds = List.copyOf(rounds);
  }

  /** Times of the fused graph by the clock on the wall. */
  Times fused() {
    return times(round -> round.fused().micros());
  }

  /** Times of all stages in a row by the clock on the wall. */
  Times chained() {
    return times(round -> round.chained().micros());
  }

  /** Mean time that all threads together took for the fused graph, milliseconds. */
  double fusedCpuMs() {
    return cpuMs(Round::fused);
  }

  /** Mean time that all threads together took for all stages in a row, milliseconds. */
  double chainedCpuMs() {
    return cpuMs(Round::chained);
  }

  /** Times that the runtime took per stage, in running order. */
  Map<String, Times> stages() {
    Map<String, Times> stages = new LinkedHashMap<>();
    for (String stage : rounds.get(0).stageMicros().keySet()) {
      stages.put(stage, times(round -> round.stageMicros().get(stage)));
    }
    return stages;
  }

  private double cpuMs(Function<Round, Cost> form) {
    return rounds.stream().mapToLong(round -> form.apply(round).cpuMicros()).average().orElseThrow()
        / 1e3;
  }

  private Times times(ToLongFunction<Round> micros) {
    return new Times(rounds.stream().map(micros::applyAsLong).toList());
  }
}
