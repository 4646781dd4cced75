package dev.catseye.schemas;

import java.util.Locale;

/** How the samples of a {@link ScoreMap} are packed. */
public enum MapEncoding {
  /** LZ4 block without a frame around it: the cheapest, and the default. */
  LZ4,
  /** Zstandard frame, level 1: a fifth smaller than LZ4 at twice the time. */
  ZSTD,
  /** Grey PNG: the smallest, and any viewer opens it. */
  PNG,
  /** The samples as they are. */
  RAW;

  /** Symbol on the wire: the lower-case name. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The packing with that symbol. */
  static MapEncoding ofWireName(String symbol) {
    return valueOf(symbol.toUpperCase(Locale.ROOT));
  }
}
