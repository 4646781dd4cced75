package dev.catseye.evaluate;

import dev.catseye.image.BytePlane;
import java.util.List;

/** Four small frames with labels and integer scores; {@code drawn_frames.py} draws the same. */
public final class DrawnFrames {
  public static final int WIDTH = 160;
  public static final int HEIGHT = 96;
  public static final int COUNT = 4;

  static final LabelMeaning MEANING = new LabelMeaning(List.of(1), List.of(0));

  private static final int ANOMALY = 1;
  private static final int VOID = 255;

  private DrawnFrames() {}

  /** Scores as bytes, of every {@code step}-th pixel in both directions. */
  public static BytePlane levels(int frame, int step) {
    byte[] levels = new byte[WIDTH / step * (HEIGHT / step)];
    for (int i = 0; i < levels.length; i++) {
      int x = i % (WIDTH / step) * step;
      int y = i / (WIDTH / step) * step;
      levels[i] = (byte) level(frame, x, y);
    }
    return BytePlane.owning(WIDTH / step, HEIGHT / step, levels);
  }

  /** Label values: 0 normal, 1 anomaly, 255 void. */
  public static BytePlane labels(int frame) {
    byte[] labels = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) label(frame, i % WIDTH, i / WIDTH);
    }
    return BytePlane.owning(WIDTH, HEIGHT, labels);
  }

  private static int level(int frame, int x, int y) {
    long hash = (x * 73_856_093L) ^ (y * 19_349_663L) ^ (frame * 83_492_791L);
    long rise = x / 2 + hash / 7 % 64;
    return (int) Math.min(255, rise + (label(frame, x, y) == ANOMALY ? 70 : 0));
  }

  private static int label(int frame, int x, int y) {
    return switch (frame) {
      case 0 -> inside(x, y, 30, 40, 12, 9) || inside(x, y, 100, 60, 25, 14) ? ANOMALY : 0;
      case 1 -> 0;
      case 2 -> x < 20 ? VOID : inside(x, y, 70, 30, 40, 20) ? ANOMALY : 0;
      default -> VOID;
    };
  }

  private static boolean inside(int x, int y, int left, int top, int width, int height) {
    return x >= left && x < left + width && y >= top && y < top + height;
  }
}
