package dev.catseye.send;

import java.util.Locale;

/** What capture time a frame is sent with. */
public enum TimePolicy {
  /** As recorded. The same input gives the same frames. */
  KEEP,

  /**
   * As if the first frame were captured now and the others at their pace. A profile that judges the
   * age of frames, as {@code live} does, needs this.
   */
  RESTAMP;

  /** The word for the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
