package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.tools.ToolException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The labels of all frames, by frame. Keeps the PNG files, a few KB each, and decodes one when it
 * is asked for. Of two records for one frame the later counts.
 */
final class GroundTruths {
  private final SortedMap<FrameKey, GroundTruth> byFrame = new TreeMap<>();

  void add(GroundTruth truth) {
    byFrame.put(FrameKey.of(truth.frame()), truth);
  }

  boolean has(FrameKey frame) {
    return byFrame.containsKey(frame);
  }

  /** All labelled frames, by camera, boot and sequence. */
  Set<FrameKey> frames() {
    return byFrame.keySet();
  }

  SortedSet<String> views() {
    SortedSet<String> views = new TreeSet<>();
    byFrame.values().forEach(truth -> views.add(truth.view()));
    return views;
  }

  /**
   * Labels of one frame.
   *
   * @throws ToolException if its label picture cannot be read
   */
  Optional<Labels> of(FrameKey frame) {
    return Optional.ofNullable(byFrame.get(frame)).map(truth -> labels(frame, truth));
  }

  private static Labels labels(FrameKey frame, GroundTruth truth) {
    try {
      return new Labels(
          Decoder.decodeLabels(truth.labelPng().toArray(), ImageLimits.DEFAULT),
          new LabelMeaning(truth.anomalyValues(), truth.normalValues()));
    } catch (FrameException e) {
      throw new ToolException("ground truth of %s: %s".formatted(frame, e.getMessage()), e);
    }
  }

  /** A label picture and what its values mean. */
  record Labels(BytePlane plane, LabelMeaning meaning) {}
}
