package dev.catseye.schemas;

/** Largest messages in bytes: what the codecs accept and what the topics are created for. */
final class MaxBytes {
  /** Records that carry pixels: frames, masks, trust, ground truth. */
  static final int PIXELS = 8 << 20;

  /** A dead letter: the largest record with pixels, and its headers. */
  static final int REJECT = 9 << 20;

  /** Records without pixels: alarms, health, heartbeats. */
  static final int PLAIN = 1 << 20;

  private MaxBytes() {}
}
