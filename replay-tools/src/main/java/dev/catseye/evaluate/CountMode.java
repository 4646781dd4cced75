package dev.catseye.evaluate;

/** How scores are counted. */
public enum CountMode {
  /** Every distinct score by itself. */
  EXACT("exact"),

  /** In 65,536 bins over [0, 1]; what lies outside is clamped and counted. */
  HISTOGRAM("histogram");

  private final String word;

  CountMode(String word) {
    this.word = word;
  }

  ScoreCounts newCounts() {
    return this == EXACT ? new ExactCounts() : new HistogramCounts();
  }

  /** The word for the command line, tables and JSON. */
  @Override
  public String toString() {
    return word;
  }
}
