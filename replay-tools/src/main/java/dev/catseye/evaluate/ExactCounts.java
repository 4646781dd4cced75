package dev.catseye.evaluate;

import java.util.Arrays;

/**
 * Counts of every distinct float score, so that metrics come out as from a full sort. Takes any
 * finite score; Pillow's bicubic rule overshoots [0, 1] and needs no clamping here.
 *
 * <p>Memory: at most 3 bytes per valid pixel, and at most 512 KiB per class and bucket in use:
 * about 64 MiB per class and binade, however many frames are added.
 */
public final class ExactCounts implements ScoreCounts {
  private static final int SPARSE = 16_384; // up to here sorting beats scanning a page

  private final ScoreTally anomalies = new ScoreTally();
  private final ScoreTally normals = new ScoreTally();

  @Override
  public void add(float score, boolean anomaly) {
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("score " + score + " is not a finite number");
    }
    (anomaly ? anomalies : normals).add(score);
  }

  @Override
  public void merge(ScoreCounts other) {
    if (!(other instanceof ExactCounts exact)) {
      throw new IllegalArgumentException("exact counts cannot take in a histogram");
    }
    anomalies.merge(exact.anomalies);
    normals.merge(exact.normals);
  }

  @Override
  public long anomalies() {
    return anomalies.size();
  }

  @Override
  public long normals() {
    return normals.size();
  }

  @Override
  public long clamped() {
    return 0;
  }

  @Override
  public ScoreCounts fresh() {
    return new ExactCounts();
  }

  @Override
  public void descending(Tie ties) {
    long[] anomalyPage = new long[ScoreTally.PAGE];
    long[] normalPage = new long[ScoreTally.PAGE];
    for (int bucket = ScoreTally.BUCKETS - 1; bucket >= 0; bucket--) {
      int larger = Math.max(anomalies.listSize(bucket), normals.listSize(bucket));
      if (larger > SPARSE) {
        Arrays.fill(anomalyPage, 0);
        Arrays.fill(normalPage, 0);
        anomalies.addTo(bucket, anomalyPage);
        normals.addTo(bucket, normalPage);
        dense(bucket, anomalyPage, normalPage, ties);
      } else if (larger > 0) {
        sparse(bucket, ties);
      }
    }
  }

  private static void dense(int bucket, long[] anomalies, long[] normals, Tie ties) {
    for (int low = ScoreTally.PAGE - 1; low >= 0; low--) {
      if (anomalies[low] + normals[low] > 0) {
        ties.visit(ScoreTally.score(bucket << 16 | low), anomalies[low], normals[low]);
      }
    }
  }

  private void sparse(int bucket, Tie ties) {
    int[] entries = sorted(bucket);
    int next = entries.length - 1;
    while (next >= 0) {
      int low = entries[next] >> 1;
      int first = next;
      int tiedAnomalies = 0;
      while (next >= 0 && entries[next] >> 1 == low) {
        tiedAnomalies += entries[next--] & 1;
      }
      ties.visit(ScoreTally.score(bucket << 16 | low), tiedAnomalies, first - next - tiedAnomalies);
    }
  }

  /** The bucket's pixels by rising score: lower half of the key, then 1 for an anomaly or 0. */
  private int[] sorted(int bucket) {
    int anomalyCount = anomalies.listSize(bucket);
    char[] lows = new char[anomalyCount + normals.listSize(bucket)];
    anomalies.copyList(bucket, lows, 0);
    normals.copyList(bucket, lows, anomalyCount);
    int[] entries = new int[lows.length];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = lows[i] << 1 | (i < anomalyCount ? 1 : 0);
    }
    Arrays.sort(entries);
    return entries;
  }
}
