package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * One step in the life of one alarm episode.
 *
 * @param alarmId the episode, 1 to 200 characters; made from camera and first evidence frame, so
 *     that a replay gives the same one
 * @param cameraId camera that sees it; the camera of both frames
 * @param state step of the episode
 * @param firstFrame first frame that gave evidence
 * @param lastFrame frame that led to this step; for SUSPENDED the last one judged
 * @param evidence topic frames, partition and offset of {@code lastFrame}
 * @param box bounds when last seen, in pixels of the camera frame
 * @param areaPx pixels above the operating point when last seen, 1 to {@code box.area()}
 * @param peakScore highest anomaly score when last seen, 0 to 1
 * @param evidenceCount k of k-of-n: frames of the window in which it was seen, 0 to {@code
 *     evidenceWindow}
 * @param evidenceWindow n of k-of-n: frames in the window, 1 or more
 * @param drivableFraction share of the pixels around it whose class is drivable, 0 to 1
 * @param severity how much it matters
 * @param growthPerSecond relative growth of the area per second of capture time (0.5 = half as
 *     large again), finite, over about the last second; empty before two sightings
 * @param secondsToContact seconds of capture time until the camera reaches it if both go on as they
 *     do, more than 0; empty when it does not grow or was not seen for long enough
 * @param plan plan whose score map gave the evidence, up to 200 characters
 * @param bundleDigest SHA-256 of bundle.json in hex; empty when unknown
 * @param driveId drive of the last frame, up to 200 characters; empty when unknown
 * @param counter number of this record among the alarms of its camera, 1 or more, rising by 1
 * @param decidedMicros time of the decision, microseconds UTC
 * @param instanceId instance that decided, 1 to 200 characters
 */
public record Alarm(
    String alarmId,
    String cameraId,
    AlarmState state,
    FrameId firstFrame,
    FrameId lastFrame,
    Origin evidence,
    Box box,
    int areaPx,
    float peakScore,
    int evidenceCount,
    int evidenceWindow,
    OptionalDouble drivableFraction,
    Severity severity,
    OptionalDouble growthPerSecond,
    OptionalDouble secondsToContact,
    String plan,
    String bundleDigest,
    String driveId,
    long counter,
    long decidedMicros,
    String instanceId) {
  public Alarm {
    Checks.id(alarmId, "alarm id");
    Checks.require(
        firstFrame.cameraId().equals(cameraId) && lastFrame.cameraId().equals(cameraId),
        "alarm %s of camera %s names frames %s and %s",
        alarmId,
        cameraId,
        firstFrame,
        lastFrame);
    requireNonNull(state, "state");
    requireNonNull(evidence, "evidence");
    requireNonNull(box, "box");
    Checks.within(areaPx, 1, box.area(), "alarm area");
    Checks.fraction(peakScore, "alarm peak score");
    Checks.within(evidenceWindow, 1, Integer.MAX_VALUE, "evidence window");
    Checks.within(evidenceCount, 0, evidenceWindow, "evidence count");
    drivableFraction.ifPresent(share -> Checks.fraction(share, "alarm drivable fraction"));
    requireNonNull(severity, "severity");
    growthPerSecond.ifPresent(growth -> Checks.finite(growth, "alarm growth"));
    secondsToContact.ifPresent(
        seconds ->
            Checks.within(seconds, Double.MIN_VALUE, Double.MAX_VALUE, "alarm seconds to contact"));
    Checks.idOrEmpty(plan, "plan");
    Checks.digestOrEmpty(bundleDigest, "bundle digest");
    Checks.idOrEmpty(driveId, "drive id");
    Checks.within(counter, 1, Long.MAX_VALUE, "alarm counter");
    Checks.micros(decidedMicros, "decision time");
    Checks.id(instanceId, "instance id");
  }
}
