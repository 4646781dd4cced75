package dev.catseye.tools;

/** Ranges of what a tool is told. */
public final class Expected {
  private Expected() {}

  /**
   * Refuses what is out of its range.
   *
   * @param range what was expected, for a message to the user
   * @throws IllegalArgumentException if it does not hold
   */
  public static void that(boolean holds, String range) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + range);
    }
  }
}
