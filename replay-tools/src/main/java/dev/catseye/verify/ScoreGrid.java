package dev.catseye.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** The samples of one score map, measured. Used by one thread. */
final class ScoreGrid {
  private static final Comparator<SeenMask.Region> STRONGEST_FIRST =
      Comparator.comparingDouble((SeenMask.Region region) -> -region.peak())
          .thenComparingLong(region -> -region.areaPx())
          .thenComparingLong(SeenMask.Region::y)
          .thenComparingLong(SeenMask.Region::x);

  private final byte[] samples; // borrowed
  private final int width;
  private final int height;
  private final int bytesPerSample;
  private final float full; // the sample of score 1

  /**
   * The four numbers of a mask's summary.
   *
   * @param max highest score
   * @param mean mean score
   * @param above share of samples at or above the operating point
   */
  record Summary(float max, float mean, float above) {}

  /**
   * @param samples row-major, 16-bit samples big-endian; borrowed, not changed
   * @param bits 8 or 16
   */
  ScoreGrid(byte[] samples, int width, int height, int bits) {
    this.samples = samples;
    this.width = width;
    this.height = height;
    this.bytesPerSample = bits / 8;
    this.full = (1 << bits) - 1;
  }

  private int at(int index) {
    return bytesPerSample == 1
        ? samples[index] & 0xff
        : (samples[2 * index] & 0xff) << 8 | (samples[2 * index + 1] & 0xff);
  }

  /** The lowest sample whose score, sample / full in float, is at least {@code threshold}. */
  int leastSample(float threshold) {
    int least = 0;
    while (least / full < threshold) {
      least++;
    }
    return least;
  }

  /** Summary for the lowest sample that counts as above. */
  Summary summary(int least) {
    int max = 0;
    long sum = 0;
    long above = 0;
    int size = width * height;
    for (int i = 0; i < size; i++) {
      int sample = at(i);
      max = Math.max(max, sample);
      sum += sample;
      above += sample >= least ? 1 : 0;
    }
    return new Summary(max / full, (float) (sum / (double) full / size), (float) above / size);
  }

  /** 8-connected regions of samples from {@code least} on, of any size, strongest first. */
  List<SeenMask.Region> regions(int least, int frameWidth, int frameHeight) {
    boolean[] taken = new boolean[width * height];
    int[] reached = new int[width * height]; // of one region, in the order of finding
    List<SeenMask.Region> regions = new ArrayList<>();
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i] && at(i) >= least) {
        int pixels = flood(i, least, taken, reached);
        regions.add(measured(Arrays.copyOf(reached, pixels), frameWidth, frameHeight));
      }
    }
    regions.sort(STRONGEST_FIRST); // stable: of equal ones the first in reading order
    return regions;
  }

  /** Marks the region of {@code start}; returns how many pixels {@code reached} holds. */
  private int flood(int start, int least, boolean[] taken, int[] reached) {
    int end = 1;
    reached[0] = start;
    taken[start] = true;
    for (int next = 0; next < end; next++) {
      int x = reached[next] % width;
      int y = reached[next] / width;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          int neighbour = ny * width + nx;
          if (!taken[neighbour] && at(neighbour) >= least) {
            taken[neighbour] = true;
            reached[end++] = neighbour;
          }
        }
      }
    }
    return end;
  }

  /** Map pixel (x, y) covers the camera pixels from (x sx, y sy) to ((x + 1) sx, (y + 1) sy). */
  private SeenMask.Region measured(int[] pixels, int frameWidth, int frameHeight) {
    double scaleX = (double) frameWidth / width;
    double scaleY = (double) frameHeight / height;
    int left = width;
    int right = 0;
    int top = height;
    int bottom = 0;
    int peak = 0;
    for (int pixel : pixels) {
      left = Math.min(left, pixel % width);
      right = Math.max(right, pixel % width + 1);
      top = Math.min(top, pixel / width);
      bottom = Math.max(bottom, pixel / width + 1);
      peak = Math.max(peak, at(pixel));
    }
    long x = (long) Math.floor(left * scaleX);
    long y = (long) Math.floor(top * scaleY);
    long boxWidth = (long) Math.min(frameWidth, Math.ceil(right * scaleX)) - x;
    long boxHeight = (long) Math.min(frameHeight, Math.ceil(bottom * scaleY)) - y;
    long area = Math.round(pixels.length * scaleX * scaleY);
    return new SeenMask.Region(
        x,
        y,
        boxWidth,
        boxHeight,
        Math.max(1, Math.min(boxWidth * boxHeight, area)),
        peak / full,
        OptionalDouble.empty());
  }
}
