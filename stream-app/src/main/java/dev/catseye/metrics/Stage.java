package dev.catseye.metrics;

import java.util.Locale;

/** A step of a frame's way that is timed. */
public enum Stage {
  ADMIT,
  DECODE,
  QUEUE,
  INFER,
  REGION,
  ENCODE;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
