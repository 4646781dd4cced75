package dev.catseye.judge;

import dev.catseye.schemas.Box;

/** Edges of a rectangle in camera pixels; unlike a {@link Box} it may leave the frame. */
record Bounds(double left, double top, double right, double bottom) {
  static Bounds of(Box box) {
    return new Bounds(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
  }

  /** Intersection over union, 0 to 1. */
  double overlap(Bounds other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double intersection = width * height;
    return intersection / (area() + other.area() - intersection);
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
