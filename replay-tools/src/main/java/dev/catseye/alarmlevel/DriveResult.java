package dev.catseye.alarmlevel;

import java.util.List;

/**
 * The alarms of one drive: one boot of one camera.
 *
 * @param camera camera of its frames
 * @param boot boot of its frames; a replay makes one of each drive
 * @param labelled frames with a record on ground-truth
 * @param detected of these, frames with a DETECTED mask
 * @param withoutTruth of the labelled frames, those all of whose pixels are void
 * @param micros capture time from the first labelled frame to the last, microseconds, 0 or more
 * @param obstacles in the order of their first frames
 * @param falseAlarms episodes that begin in this drive and meet no obstacle of any size
 * @param falseInVoid of these, episodes each of whose boxes is void for more than half
 * @param unknown episodes that begin in this drive, meet no obstacle, and have a box in a frame
 *     without ground truth
 */
public record DriveResult(
    String camera,
    String boot,
    int labelled,
    int detected,
    int withoutTruth,
    long micros,
    List<ObstacleResult> obstacles,
    int falseAlarms,
    int falseInVoid,
    int unknown) {
  public DriveResult {
    obstacles = List.copyOf(obstacles);
  }
}
