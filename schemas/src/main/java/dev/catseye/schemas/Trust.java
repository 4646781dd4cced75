package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far the segmentation of one frame may be believed. A missing record means untrusted.
 *
 * @param frame identity of the frame
 * @param origin topic, partition and offset of the frame
 * @param driveId drive, up to 200 characters; empty when unknown
 * @param plan plan with the trust head, 1 to 200 characters
 * @param bundleDigest SHA-256 of bundle.json in hex
 * @param classes one entry per class, training id ascending
 * @param errorMass mean probability of a wrong pixel over the whole picture, 0 to 1
 * @param errorMassRoad the same over the predicted drivable area, 0 to 1; empty when there is none
 * @param meanMsp mean of the highest softmax probability, 0 to 1
 * @param meanEntropy mean softmax entropy divided by ln C, 0 to 1
 * @param errorMap probability of being wrong per pixel; empty when not asked for
 * @param processedMicros time at which the record was made, microseconds UTC
 * @param instanceId instance that made it, 1 to 200 characters
 */
public record Trust(
    FrameId frame,
    Origin origin,
    String driveId,
    String plan,
    String bundleDigest,
    List<ClassTrust> classes,
    double errorMass,
    OptionalDouble errorMassRoad,
    double meanMsp,
    double meanEntropy,
    Optional<ScoreMap> errorMap,
    long processedMicros,
    String instanceId) {
  public Trust {
    requireNonNull(frame, "frame");
    requireNonNull(origin, "origin");
    Checks.idOrEmpty(driveId, "drive id");
    Checks.id(plan, "plan");
    Checks.digest(bundleDigest, "bundle digest");
    classes = List.copyOf(classes);
    for (int i = 1; i < classes.size(); i++) {
      int before = classes.get(i - 1).trainId();
      int here = classes.get(i).trainId();
      Checks.require(before < here, "train id %d after %d", here, before);
    }
    Checks.fraction(errorMass, "error mass");
    errorMassRoad.ifPresent(mass -> Checks.fraction(mass, "error mass on the road"));
    Checks.fraction(meanMsp, "mean MSP");
    Checks.fraction(meanEntropy, "mean entropy");
    requireNonNull(errorMap, "errorMap");
    Checks.micros(processedMicros, "processing time");
    Checks.id(instanceId, "instance id");
  }
}
