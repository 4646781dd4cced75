package dev.catseye.alarmlevel;

import dev.catseye.schemas.Box;

/** Edges of an upright rectangle in camera pixels; unlike a {@link Box} it may leave the frame. */
record Outline(double left, double top, double right, double bottom) {
  static Outline of(Box box) {
    return new Outline(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
  }

  Outline moved(double dx, double dy) {
    return new Outline(left + dx, top + dy, right + dx, bottom + dy);
  }

  double centreX() {
    return (left + right) / 2;
  }

  double centreY() {
    return (top + bottom) / 2;
  }

  /** The longer side. */
  double size() {
    return Math.max(right - left, bottom - top);
  }

  double area() {
    return (right - left) * (bottom - top);
  }

  /** Area that both cover. */
  double common(Outline other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    return width <= 0 || height <= 0 ? 0 : width * height;
  }

  /** Intersection over union, 0 to 1. */
  double overlap(Outline other) {
    double common = common(other);
    return common / (area() + other.area() - common);
  }

  /** Columns or rows between the two, whichever are more; 0 or less when they touch. */
  double gap(Outline other) {
    double columns = Math.max(left, other.left) - Math.min(right, other.right);
    double rows = Math.max(top, other.top) - Math.min(bottom, other.bottom);
    return Math.max(columns, rows);
  }

  /** The smallest rectangle around both. */
  Outline around(Outline other) {
    return new Outline(
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }
}
