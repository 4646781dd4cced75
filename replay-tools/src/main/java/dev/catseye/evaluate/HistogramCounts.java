package dev.catseye.evaluate;

/**
 * Counts in 65,536 equal bins over a declared range: 1 MiB, whatever is added. Pixels of one bin
 * count as ties, so FPR95 is high by at most the share of normal pixels in the bin where it is
 * read; {@link PixelMetrics#fpr95Resolution()} reports that share.
 *
 * <p>A score outside of the range goes to the nearest bin and is counted as clamped.
 */
public final class HistogramCounts implements ScoreCounts {
  /** Bins over the range. On real maps AP moves by less than 1e-6 against exact counts. */
  public static final int BINS = 65_536;

  private final float lowest;
  private final float highest;
  private final double binsPerScore;
  private final long[] anomalyBins = new long[BINS];
  private final long[] normalBins = new long[BINS];
  private long anomalies;
  private long normals;
  private long clamped;

  /** Empty counts over [0, 1], the range of every anomaly score. */
  public HistogramCounts() {
    this(0, 1);
  }

  /**
   * Empty counts over a declared range.
   *
   * @param lowest lower edge of the first bin
   * @param highest upper edge of the last bin, which it belongs to; above {@code lowest}
   */
  public HistogramCounts(float lowest, float highest) {
    if (!(lowest < highest && Float.isFinite(lowest) && Float.isFinite(highest))) {
      throw new IllegalArgumentException(
          "range [%s, %s] is empty or not finite".formatted(lowest, highest));
    }
    this.lowest = lowest;
    this.highest = highest;
    this.binsPerScore = BINS / ((double) highest - lowest);
  }

  @Override
  public void add(float score, boolean anomaly) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("score " + score + " is not a finite number");
    }
    if (score < lowest || score > highest) {
      clamped++;
    }
    int bin = (int) Math.max(0, Math.min(BINS - 1, ((double) score - lowest) * binsPerScore));
    if (anomaly) {
      anomalyBins[bin]++;
      anomalies++;
    } else {
      normalBins[bin]++;
      normals++;
    }
  }

  @Override
  public void merge(ScoreCounts other) {
    if (!(other instanceof HistogramCounts histogram)
        || histogram.lowest != lowest
        || histogram.highest != highest) {
      throw new IllegalArgumentException("only a histogram over the same range can be merged");
    }
    for (int bin = 0; bin < BINS; bin++) {
      anomalyBins[bin] += histogram.anomalyBins[bin];
      normalBins[bin] += histogram.normalBins[bin];
    }
    anomalies += histogram.anomalies;
    normals += histogram.normals;
    clamped += histogram.clamped;
  }

  @Override
  public long anomalies() {
    return anomalies;
  }

  @Override
  public long normals() {
    return normals;
  }

  @Override
  public long clamped() {
    return clamped;
  }

  @Override
  public ScoreCounts fresh() {
    return new HistogramCounts(lowest, highest);
  }

  @Override
  public void descending(Tie ties) {
    for (int bin = BINS - 1; bin >= 0; bin--) {
      if (anomalyBins[bin] + normalBins[bin] > 0) {
        ties.visit(lowest + bin / binsPerScore, anomalyBins[bin], normalBins[bin]);
      }
    }
  }
}
