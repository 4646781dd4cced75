package dev.catseye.image;

import java.util.List;

/**
 * Paints what a detector found over the camera picture: scores as a yellow glow, regions as magenta
 * boxes.
 *
 * <p>Neither colour is one of Cityscapes' class colours; the usual red (255, 0, 0) is: it means
 * rider. Thread-safe.
 */
public final class Overlay {
  private static final int[] GLOW = {255, 255, 0};
  private static final int[] EDGE = {255, 0, 255};
  private static final double STRONGEST = 0.75; // share of the glow at score 1
  private static final double FAINTEST = 0.3; // and just below the threshold
  private static final int EDGE_PX_PER_SIDE = 512; // a line gets one pixel per so many of the width

  private Overlay() {}

  /**
   * A new picture of the frame's size.
   *
   * @param scores anomaly score bytes (255 = 1) over the whole frame at any size; the nearest value
   *     is painted; below {@code thresholdByte} the glow fades with the third power
   * @param thresholdByte lowest byte that counts as anomaly, 0 to 256
   * @param boxes in frame pixels; what lies outside is cut off
   */
  public static RgbPlane paint(
      RgbPlane frame, BytePlane scores, int thresholdByte, List<Box> boxes) {
    int width = frame.width();
    int height = frame.height();
    byte[] rgb = frame.toByteArray();
    for (int y = 0; y < height; y++) {
      int mapY = (int) ((y + 0.5) * scores.height() / height);
      for (int x = 0; x < width; x++) {
        int score = scores.at((int) ((x + 0.5) * scores.width() / width), mapY);
        blend(rgb, (y * width + x) * 3, GLOW, strength(score, thresholdByte));
      }
    }
    int line = Math.max(1, width / EDGE_PX_PER_SIDE);
    for (Box box : boxes) {
      outline(rgb, width, height, box, line);
    }
    return RgbPlane.owning(width, height, rgb);
  }

  private static double strength(int score, int thresholdByte) {
    return score >= thresholdByte
        ? STRONGEST * score / 255
        : FAINTEST * Math.pow((double) score / thresholdByte, 3);
  }

  private static void outline(byte[] rgb, int width, int height, Box box, int line) {
    int right = Math.min(width, box.x() + box.width());
    int bottom = Math.min(height, box.y() + box.height());
    for (int y = box.y(); y < bottom; y++) {
      boolean rim = y < box.y() + line || y >= bottom - line;
      for (int x = box.x(); x < right; x++) {
        if (rim || x < box.x() + line || x >= right - line) {
          blend(rgb, (y * width + x) * 3, EDGE, 1);
        }
      }
    }
  }

  private static void blend(byte[] rgb, int at, int[] colour, double share) {
    for (int c = 0; c < 3; c++) {
      int from = rgb[at + c] & 0xFF;
      rgb[at + c] = (byte) Math.round(from + share * (colour[c] - from));
    }
  }
}
