package dev.catseye.verify;

/** A rectangle in camera pixels that may leave the frame. */
record Rect(double left, double top, double right, double bottom) {
  static Rect of(SeenMask.Region box) {
    return new Rect(box.x(), box.y(), box.x() + box.width(), box.y() + box.height());
  }

  static Rect around(double x, double y, double width, double height) {
    return new Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }

  /** Intersection over union, 0 to 1. */
  double overlap(Rect other) {
    double width = Math.min(right, other.right) - Math.max(left, other.left);
    double height = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    double common = width > 0 && height > 0 ? width * height : 0;
    return common == 0 ? 0 : common / (area() + other.area() - common);
  }

  private double area() {
    return (right - left) * (bottom - top);
  }
}
