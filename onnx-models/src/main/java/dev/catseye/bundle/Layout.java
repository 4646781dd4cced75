package dev.catseye.bundle;

import java.util.Arrays;
import java.util.Optional;

/** Order of a tensor's axes, slowest first: N frames, C channels, H rows, W columns. */
public enum Layout {
  /** One value per pixel. */
  NHW,
  /** Pictures, R G B beside each other. */
  NHWC,
  /** Planes, one behind the other. */
  NCHW;

  static Optional<Layout> of(String word) {
    return Arrays.stream(values()).filter(layout -> layout.name().equals(word)).findFirst();
  }
}
