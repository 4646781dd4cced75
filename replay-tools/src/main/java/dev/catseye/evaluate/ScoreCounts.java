package dev.catseye.evaluate;

/**
 * How many anomaly and normal pixels have each score. All pixel metrics are functions of these
 * counts, so frames may be added in any order and partial counts merged in any order.
 *
 * <p>High score = anomalous. Not thread-safe: one thread fills one instance, then they are merged.
 */
public sealed interface ScoreCounts permits ExactCounts, HistogramCounts {

  /**
   * Counts one valid pixel.
   *
   * @param score any finite number; what lies outside of [0, 1] is the kind's own rule
   * @param anomaly whether ground truth says anomaly (else normal; void pixels are never added)
   * @throws IllegalArgumentException if the score is NaN or infinite: NumPy's reversed sort would
   *     call NaN the most anomalous pixel of all
   */
  void add(float score, boolean anomaly);

  /**
   * Adds all pixels of {@code other}, which stays as it is.
   *
   * @throws IllegalArgumentException if it is of another kind or counts over another range
   */
  void merge(ScoreCounts other);

  /** Anomaly pixels added so far. */
  long anomalies();

  /** Normal pixels added so far. */
  long normals();

  /** Pixels whose score was moved to the nearest end of the range; always 0 for exact counts. */
  long clamped();

  /** Empty counts of the same kind and range. */
  ScoreCounts fresh();

  /** Walks over the distinct scores (histogram: the bins that are not empty), highest first. */
  void descending(Tie ties);
}
