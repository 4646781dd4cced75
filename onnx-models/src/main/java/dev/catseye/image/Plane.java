package dev.catseye.image;

/** Pixels of one frame in rows and columns: one byte, one float, or one RGB colour each. */
public sealed interface Plane permits BytePlane, FloatPlane, RgbPlane {
  /** Columns, at least 1. */
  int width();

  /** Rows, at least 1. */
  int height();
}
