package dev.catseye.alarmlevel;

import dev.catseye.evaluate.FrameKey;
import dev.catseye.evaluate.GroundTruths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Alarms against obstacles, and how much of it could not be compared.
 *
 * <p>Definitions, ours where no source stands beside them: an <em>obstacle</em> is what the labels
 * of one drive show of one thing ({@link Sightings}, {@link ObstacleTracker}); it is
 * <em>alarmed</em> when a RAISED or UPDATED record has a quarter of its box inside the obstacle's
 * bounds in the very frame of that record ({@link DriveWatch}); an episode none of whose boxes
 * meets any obstacle is a <em>false alarm</em>; the <em>warning</em> runs from the frame of an
 * obstacle's first alarm to the last frame that shows it.
 *
 * @param rule which obstacles count
 * @param drives by camera and boot
 * @param thresholds operating points of the DETECTED masks: score from which a pixel belongs to a
 *     region, 0 to 1, and the number of masks cut there
 * @param records records on alarms
 * @param withoutTruth episodes that begin in no labelled frame
 * @param otherPlans alarm records of plans that were not asked for
 * @param unreadableAlarms records on alarms that are no readable alarms
 * @param unreadableMasks records on masks that are no readable masks
 */
public record AlarmEvaluation(
    ObstacleRule rule,
    List<DriveResult> drives,
    SortedMap<Float, Integer> thresholds,
    int records,
    int withoutTruth,
    int otherPlans,
    int unreadableAlarms,
    int unreadableMasks) {

  /** Compares what was read; once, because the episodes keep their verdicts. */
  static AlarmEvaluation of(
      GroundTruths truths, DetectedFrames detected, AlarmSteps steps, ObstacleRule rule) {
    Map<Drive, DriveWatch> watches = new TreeMap<>();
    for (FrameKey frame : truths.frames()) { // by camera, boot and sequence
      watches
          .computeIfAbsent(Drive.of(frame), drive -> new DriveWatch(rule))
          .add(
              truths.id(frame).orElseThrow(),
              truths.of(frame).orElseThrow(),
              detected.has(frame),
              steps.of(frame));
    }
    Map<Drive, List<Episode>> begun = new TreeMap<>();
    int withoutTruth = 0;
    for (Episode episode : steps.episodes()) {
      if (episode.firstShown().filter(truths::has).isEmpty()) {
        withoutTruth++;
      } else {
        begun
            .computeIfAbsent(
                Drive.of(episode.firstShown().orElseThrow()), drive -> new ArrayList<>())
            .add(episode);
      }
    }
    List<DriveResult> drives = new ArrayList<>();
    watches.forEach(
        (drive, watch) ->
            drives.add(
                watch.end(drive.camera(), drive.boot(), begun.getOrDefault(drive, List.of()))));
    return new AlarmEvaluation(
        rule,
        drives,
        detected.thresholds(),
        steps.records(),
        withoutTruth,
        steps.otherPlans(),
        steps.unreadable(),
        detected.unreadable());
  }

  /** All drives as one. */
  public AlarmTotals pooled() {
    return AlarmTotals.of(drives, rule);
  }

  /** One boot of one camera. */
  private record Drive(String camera, String boot) implements Comparable<Drive> {
    static Drive of(FrameKey frame) {
      return new Drive(frame.camera(), frame.boot());
    }

    @Override
    public int compareTo(Drive other) {
      int cameras = camera.compareTo(other.camera);
      return cameras != 0 ? cameras : boot.compareTo(other.boot);
    }
  }
}
