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
      if (anomalies.isEmpty(bucket) && normals.isEmpty(bucket)) {
        continue;
      }
      Arrays.fill(anomalyPage, 0);
      Arrays.fill(normalPage, 0);
      anomalies.addTo(bucket, anomalyPage);
      normals.addTo(bucket, normalPage);
      for (int low = ScoreTally.PAGE - 1; low >= 0; low--) {
        if (anomalyPage[low] + normalPage[low] > 0) {
          ties.visit(ScoreTally.score(bucket << 16 | low), anomalyPage[low], normalPage[low]);
        }
      }
    }
  }
}
