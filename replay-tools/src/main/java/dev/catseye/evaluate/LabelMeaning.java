package dev.catseye.evaluate;

import java.util.Arrays;
import java.util.Collection;

/** What the values of a label picture mean. Immutable. */
public final class LabelMeaning {
  /** What one pixel is. */
  public enum Kind {
    /** Explained by the scene. */
    NORMAL,
    /** What the detector is to find. */
    ANOMALY,
    /** Not judged. */
    VOID
  }

  private final Kind[] kinds = new Kind[256];

  /**
   * @param anomaly values that mean anomaly, each 0 to 255
   * @param normal values that mean normal, each 0 to 255; all that is in neither is void
   */
  public LabelMeaning(Collection<Integer> anomaly, Collection<Integer> normal) {
    Arrays.fill(kinds, Kind.VOID);
    normal.forEach(value -> kinds[value] = Kind.NORMAL);
    anomaly.forEach(value -> kinds[value] = Kind.ANOMALY);
  }

  /**
   * What a value means.
   *
   * @param value 0 to 255
   */
  public Kind of(int value) {
    return kinds[value];
  }
}
