package dev.catseye.alarmlevel;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sums over drives. Only obstacles that count by {@link ObstacleRule} are in these figures, unless
 * they say otherwise.
 *
 * @param obstacles obstacles that count
 * @param alarmed of these, met by an alarm
 * @param missedUndetected of the missed ones, those with fewer frames with a DETECTED mask than an
 *     obstacle needs to count: the detector hardly saw them
 * @param small obstacles that do not count
 * @param smallAlarmed of these, met by an alarm
 * @param warnings of the alarmed ones that left the picture, shortest first by capture time
 * @param stillInView alarmed ones that the drive's last frame still shows; their warning is not
 *     known in full
 * @param falseAlarms false episodes
 * @param falseInVoid of these, where the ground truth says nothing
 * @param unknown episodes that could not be compared
 * @param micros drive time, microseconds of capture time
 */
public record AlarmTotals(
    int obstacles,
    int alarmed,
    int missedUndetected,
    int small,
    int smallAlarmed,
    List<Warning> warnings,
    int stillInView,
    int falseAlarms,
    int falseInVoid,
    int unknown,
    long micros) {
  private static final double MICROS_PER_MINUTE = 60e6;
  private static final Comparator<Warning> SHORTEST_FIRST =
      Comparator.comparingLong(Warning::micros).thenComparingInt(Warning::frames);

  /** The sums of some drives. */
  static AlarmTotals of(Collection<DriveResult> drives, ObstacleRule rule) {
    List<ObstacleResult> all = drives.stream().flatMap(each -> each.obstacles().stream()).toList();
    List<ObstacleResult> counted = all.stream().filter(ObstacleResult::counts).toList();
    List<ObstacleResult> small = all.stream().filter(each -> !each.counts()).toList();
    List<ObstacleResult> alarmed = counted.stream().filter(ObstacleResult::alarmed).toList();
    List<ObstacleResult> gone = alarmed.stream().filter(ObstacleResult::left).toList();
    return new AlarmTotals(
        counted.size(),
        alarmed.size(),
        (int)
            counted.stream()
                .filter(each -> !each.alarmed() && each.detectedFrames() < rule.leastFrames())
                .count(),
        small.size(),
        (int) small.stream().filter(ObstacleResult::alarmed).count(),
        gone.stream().map(each -> each.warning().orElseThrow()).sorted(SHORTEST_FIRST).toList(),
        alarmed.size() - gone.size(),
        drives.stream().mapToInt(DriveResult::falseAlarms).sum(),
        drives.stream().mapToInt(DriveResult::falseInVoid).sum(),
        drives.stream().mapToInt(DriveResult::unknown).sum(),
        drives.stream().mapToLong(DriveResult::micros).sum());
  }

  /** Obstacles that count and met no alarm. */
  public int missed() {
    return obstacles - alarmed;
  }

  /** Minutes of drive time. */
  public double minutes() {
    return micros / MICROS_PER_MINUTE;
  }

  /** False episodes per minute of drive time; empty without any drive time. */
  public OptionalDouble falsePerMinute() {
    return micros == 0 ? OptionalDouble.empty() : OptionalDouble.of(falseAlarms / minutes());
  }

  /** The shortest of {@link #warnings}. */
  public Optional<Warning> shortest() {
    return warnings.stream().findFirst();
  }

  /** The median of {@link #warnings}; of two in the middle the shorter. */
  public Optional<Warning> median() {
    return warnings.stream().skip(Math.max(0, (warnings.size() - 1) / 2)).findFirst();
  }
}
