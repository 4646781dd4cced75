package dev.catseye.source;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How label values of Lost &amp; Found are read. Source: facts/datasets.md 1.0 and 1.1 (SynBoost's
 * {@code lostandfound_preprocess.py}, the SMIYC loader, Fishyscapes' {@code fishyscapes_tfds.py}).
 */
public enum LabelView {
  /**
   * {@code gtCoarse_labelTrainIds}: hazards are anomalies; the seven known non-hazards are normal.
   */
  HAZARD,

  /**
   * {@code gtCoarse_labelIds}: every object on the road is an anomaly; only free road is normal.
   */
  OBSTACLE,

  /** Fishyscapes' own masks, labelled over the whole picture. */
  FISHYSCAPES;

  /** Label values that mean anomaly. */
  public List<Integer> anomalyValues() {
    return switch (this) {
      case HAZARD -> List.of(2);
      case OBSTACLE -> IntStream.rangeClosed(2, 43).boxed().toList();
      case FISHYSCAPES -> List.of(1);
    };
  }

  /** Label values that mean normal. */
  public List<Integer> normalValues() {
    return switch (this) {
      case HAZARD -> List.of(0, 1);
      case OBSTACLE -> List.of(1);
      case FISHYSCAPES -> List.of(0);
    };
  }

  /** Label values that are not judged. */
  public List<Integer> voidValues() {
    return switch (this) {
      case HAZARD, FISHYSCAPES -> List.of(255);
      case OBSTACLE -> List.of(0);
    };
  }

  /** Name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word for the command line. */
  @Override
  public String toString() {
    return wireName();
  }
}
