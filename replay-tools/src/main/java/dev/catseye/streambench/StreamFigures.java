package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.tools.Percentiles;
import dev.catseye.verify.Verdict;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one setting.
 *
 * @param batching of the service
 * @param capacity frames per second that were DETECTED while more waited at any time
 * @param offered frames per second that the cameras sent
 * @param done frames per second that were DETECTED
 * @param periodSeconds time between two frames of one camera
 * @param outcomes of the frames that were captured in the time that counts
 * @param agesMicros capture to mask of those that were DETECTED; the mask's time is the broker's,
 *     in whole milliseconds
 * @param cost by the service's own meters
 * @param verdict of the checker over all frames, those of the capacity included
 */
record StreamFigures(
    Batching batching,
    double capacity,
    double offered,
    double done,
    double periodSeconds,
    Map<Outcome, Long> outcomes,
    List<Long> agesMicros,
    ServiceCost cost,
    Verdict verdict) {
  private static final double RUNS_OF_THE_BOUND = 1.5;

  StreamFigures {
    outcomes = Map.copyOf(outcomes);
    agesMicros = List.copyOf(agesMicros);
  }

  /** Frames that were captured in the time that counts. */
  long frames() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Share of the frames that were given up for newer ones, 0 to 1; NaN without frames. */
  double shedShare() {
    return (double) outcomes.getOrDefault(Outcome.SHED, 0L) / frames();
  }

  /** Share of the frames that is more than it can do: what must be shed, and no more. */
  double excessShare() {
    return Math.max(0, 1 - capacity / offered);
  }

  /** Mean age of DETECTED frames at their mask, milliseconds; NaN when there were none. */
  double meanAgeMs() {
    return agesMicros.stream().mapToLong(Long::longValue).average().orElse(Double.NaN) / 1e3;
  }

  /** The age that so many percent of the DETECTED frames did not exceed, milliseconds. */
  double ageMs(double percent) {
    Percentiles ages = new Percentiles();
    agesMicros.forEach(ages::add);
    return ages.at(percent) / 1e3;
  }

  /**
   * The mean age, in milliseconds, below which an overloaded service that takes the newest frame
   * stays: one and a half of the mean run, and a period.
   */
  double ageBoundMs() {
    return 1e3 * (RUNS_OF_THE_BOUND * cost.meanRunSeconds() + periodSeconds);
  }
}
