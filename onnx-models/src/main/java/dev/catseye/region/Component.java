package dev.catseye.region;

import java.util.ArrayList;
import java.util.List;

/** Connected runs and their measures, in map pixels. */
final class Component {
  private final List<Integer> runs = new ArrayList<>();
  private int left = Integer.MAX_VALUE;
  private int top = Integer.MAX_VALUE;
  private int right;
  private int bottom;
  private int pixels;
  private int peak;

  void add(int run, Runs all, byte[] scores, int width) {
    runs.add(run);
    int row = all.row(run);
    left = Math.min(left, all.start(run));
    right = Math.max(right, all.end(run));
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    pixels += all.end(run) - all.start(run);
    for (int x = all.start(run); x < all.end(run); x++) {
      peak = Math.max(peak, scores[row * width + x] & 0xFF);
    }
  }

  /** Indices of the runs, in reading order. */
  List<Integer> runs() {
    return runs;
  }

  /** First column. */
  int left() {
    return left;
  }

  /** First row. */
  int top() {
    return top;
  }

  /** Column behind the last. */
  int right() {
    return right;
  }

  /** Row behind the last. */
  int bottom() {
    return bottom;
  }

  int pixels() {
    return pixels;
  }

  /** Highest byte inside, 0 to 255. */
  int peak() {
    return peak;
  }
}
