package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.schemas.FrameId;
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
public final class GroundTruths {
  private final SortedMap<FrameKey, GroundTruth> byFrame = new TreeMap<>();

  /** Takes the labels of one frame. */
  public void add(GroundTruth truth) {
    byFrame.put(FrameKey.of(truth.frame()), truth);
  }

  /** Whether a frame has labels. */
  public boolean has(FrameKey frame) {
    return byFrame.containsKey(frame);
  }

  /** All labelled frames, by camera, boot and sequence. */
  public Set<FrameKey> frames() {
    return byFrame.keySet();
  }

  /** Readings of the labels that the records name. */
  public SortedSet<String> views() {
    SortedSet<String> views = new TreeSet<>();
    byFrame.values().forEach(truth -> views.add(truth.view()));
    return views;
  }

  /** Identity of a labelled frame, with its capture time. */
  public Optional<FrameId> id(FrameKey frame) {
    return Optional.ofNullable(byFrame.get(frame)).map(GroundTruth::frame);
  }

  /**
   * Labels of one frame.
   *
   * @throws ToolException if its label picture cannot be read
   */
  public Optional<Labels> of(FrameKey frame) {
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

  /**
   * Labels of one frame.
   *
   * @param plane one value per camera pixel
   * @param meaning what the values mean
   */
  public record Labels(BytePlane plane, LabelMeaning meaning) {}
}
