package dev.catseye.schemas;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Labels of one frame, for evaluation. A value that no list names is void.
 *
 * @param frame identity of the labelled frame
 * @param driveId drive, up to 200 characters; empty when unknown
 * @param labelPng label plane as a grey or indexed 8-bit PNG, one value per camera pixel
 * @param anomalyValues label values that mean anomaly, each 0 to 255, at least one
 * @param normalValues label values that mean normal, each 0 to 255
 * @param voidValues label values that are not judged, each 0 to 255
 * @param view which reading of the labels this is, up to 200 characters
 */
public record GroundTruth(
    FrameId frame,
    String driveId,
    Bytes labelPng,
    List<Integer> anomalyValues,
    List<Integer> normalValues,
    List<Integer> voidValues,
    String view) {
  public GroundTruth {
    requireNonNull(frame, "frame");
    Checks.idOrEmpty(driveId, "drive id");
    requireNonNull(labelPng, "labelPng");
    anomalyValues = List.copyOf(anomalyValues);
    normalValues = List.copyOf(normalValues);
    voidValues = List.copyOf(voidValues);
    Checks.require(!anomalyValues.isEmpty(), "ground truth of %s: no value means anomaly", frame);
    Set<Integer> seen = new HashSet<>();
    for (List<Integer> values : List.of(anomalyValues, normalValues, voidValues)) {
      for (int value : values) {
        Checks.within(value, 0, 255, "label value");
        Checks.require(
            seen.add(value), "ground truth of %s: label value %d named twice", frame, value);
      }
    }
    Checks.idOrEmpty(view, "view");
  }
}
