package dev.catseye.region;

import java.util.Arrays;

/**
 * The runs of a binary picture - stretches of set pixels within one row, in reading order - and the
 * component each belongs to (union by smaller index, path halving).
 */
final class Runs {
  private int size;
  private int[] starts = new int[64]; // first column
  private int[] ends = new int[64]; // column behind the last
  private int[] rows = new int[64];
  private int[] parents = new int[64];

  private Runs() {}

  /**
   * Finds the 8-connected components of the pixels that are at least {@code least}.
   *
   * @param scores uint8, row-major; borrowed, only read
   */
  static Runs of(byte[] scores, int width, int height, int least) {
    Runs runs = new Runs();
    int above = 0; // first run of the row above
    for (int y = 0; y < height; y++) {
      int here = runs.size;
      runs.scanRow(scores, width, y, least);
      runs.joinRows(above, here);
      above = here;
    }
    return runs;
  }

  private void scanRow(byte[] scores, int width, int y, int least) {
    int at = y * width;
    int x = 0;
    while (x < width) {
      if ((scores[at + x] & 0xFF) < least) {
        x++;
        continue;
      }
      int start = x;
      while (x < width && (scores[at + x] & 0xFF) >= least) {
        x++;
      }
      add(start, x, y);
    }
  }

  private void add(int start, int end, int row) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
      parents = Arrays.copyOf(parents, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    rows[size] = row;
    parents[size] = size;
    size++;
  }

  /** Joins the runs from {@code here} on, one row, with those they touch in the row above. */
  private void joinRows(int above, int here) {
    int up = above;
    for (int run = here; run < size; run++) {
      // A run above touches when it reaches into [start - 1, end], diagonals included.
      while (up < here && ends[up] < starts[run]) {
        up++;
      }
      int touching = up;
      while (touching < here && starts[touching] <= ends[run]) {
        join(touching, run);
        touching++;
      }
    }
  }

  private void join(int a, int b) {
    int rootA = component(a);
    int rootB = component(b);
    parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
  }

  int size() {
    return size;
  }

  /** First column of run {@code run}. */
  int start(int run) {
    return starts[run];
  }

  /** Column behind the last of run {@code run}. */
  int end(int run) {
    return ends[run];
  }

  int row(int run) {
    return rows[run];
  }

  /** Index of the first run of the component that {@code run} belongs to. */
  int component(int run) {
    int root = run;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }
}
