package dev.catseye.schemas;

/** What became of a frame; exactly one per record on {@code frames}. */
public enum Outcome {
  /** Scored. */
  DETECTED,
  /** Given up because newer frames of its camera wait. */
  SHED,
  /** Could not be used. */
  REJECTED,
  /** Its identity was seen before. */
  DUPLICATE,
  /** Older than a frame of its camera that was seen already. */
  LATE
}
