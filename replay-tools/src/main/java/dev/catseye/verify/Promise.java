package dev.catseye.verify;

/** What the service promises, as far as this checker judges it. */
public enum Promise {
  /** Missing, doubled, and premature outcomes. */
  B1("each frame has exactly one outcome"),
  /** Outcomes that stand for no frame, or for another frame than they say. */
  B2("each outcome names an existing frame and its identity"),
  /** Outcomes out of order, or of one partition of frames on several partitions of masks. */
  B3("outcomes follow the order of their frames"),
  /** Corrupt frames that were scored; sound frames that were refused as corrupt. */
  D1("no corrupt frame is detected, no sound frame is refused for its checksum"),
  /** Masks that cannot be read, whose seal is broken, whose score map does not unpack. */
  D2("each mask is readable, sealed, and its score map unpacks to its size"),
  /** Bundles other than the stated one, or than most masks name. */
  D3("one bundle made all masks"),
  /** Boxes and areas that cannot be. */
  M1("each region lies inside its frame"),
  /** Rejected frames without their raw bytes on rejects, and the reverse. */
  R1("each rejected frame lies once on rejects, byte for byte or named as too large");

  private final String sentence;

  Promise(String sentence) {
    this.sentence = sentence;
  }

  /** The promise in words. */
  public String sentence() {
    return sentence;
  }
}
