package dev.catseye.verify;

/** What the service promises, as far as this checker judges it. */
public enum Promise {
  /** Missing, doubled, and premature outcomes. */
  B1("each frame has exactly one outcome"),
  /** Outcomes that stand for no frame, or for another frame than they say. */
  B2("each outcome names an existing frame and its identity"),
  /** Order of first outcomes within a partition of frames. */
  B3("outcomes of a camera follow the order of its frames"),
  /** Corrupt frames that were scored; sound frames that were refused as corrupt. */
  D1("no corrupt frame is detected, no sound frame is refused for its checksum"),
  /** Masks that cannot be read, whose seal is broken, whose score map does not unpack. */
  D2("each mask is readable, sealed, and its score map unpacks to its size"),
  /** Bundles other than the stated one, or than most masks name. */
  D3("one bundle made all masks"),
  /** Boxes and areas that cannot be. */
  M1("each region lies inside its frame"),
  /** Rejected frames without their raw bytes on rejects, and the reverse. */
  R1("each rejected frame lies once on rejects, byte for byte");

  private final String sentence;

  Promise(String sentence) {
    this.sentence = sentence;
  }

  /** The promise in words. */
  public String sentence() {
    return sentence;
  }
}
