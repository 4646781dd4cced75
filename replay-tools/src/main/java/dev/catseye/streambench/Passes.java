package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.tools.Percentiles;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How long frames took from publish to a record that readers of committed records see. Immutable.
 *
 * @param micros of each frame
 * @param withoutInferenceMicros the same less the time in the network, which the mask tells
 */
record Passes(List<Long> micros, List<Long> withoutInferenceMicros) {
  Passes {
    micros = List.copyOf(micros);
    withoutInferenceMicros = List.copyOf(withoutInferenceMicros);
  }

  /** Those of the frames that were DETECTED. */
  static Passes of(Collection<MaskTape.Answer> answers) {
    List<MaskTape.Answer> detected =
        answers.stream().filter(answer -> answer.outcome() == Outcome.DETECTED).toList();
    return new Passes(
        detected.stream().map(MaskTape.Answer::latencyMicros).toList(),
        detected.stream().map(answer -> answer.latencyMicros() - answer.inferMicros()).toList());
  }

  /** All of them together. */
  static Passes all(Collection<Passes> runs) {
    List<Long> micros = new ArrayList<>();
    List<Long> without = new ArrayList<>();
    for (Passes run : runs) {
      micros.addAll(run.micros);
      without.addAll(run.withoutInferenceMicros);
    }
    return new Passes(micros, without);
  }

  /** Time that so many percent of the frames did not exceed, milliseconds. */
  double ms(double percent) {
    return ms(micros, percent);
  }

  /** The same less the time in the network. */
  double withoutInferenceMs(double percent) {
    return ms(withoutInferenceMicros, percent);
  }

  private static double ms(List<Long> values, double percent) {
    Percentiles percentiles = new Percentiles();
    values.forEach(percentiles::add);
    return percentiles.at(percent) / 1e3;
  }
}
