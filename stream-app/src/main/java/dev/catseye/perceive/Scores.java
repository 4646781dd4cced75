package dev.catseye.perceive;

import dev.catseye.schemas.Region;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Summary;
import java.util.List;

/**
 * What was found in one picture, ready for its mask; times in microseconds.
 *
 * @param map packed score map
 * @param summary the map in four numbers
 * @param regions strongest first
 * @param queueMicros waiting for the detector
 * @param inferMicros inference
 * @param regionMicros score map to regions
 * @param encodeMicros packing
 */
record Scores(
    ScoreMap map,
    Summary summary,
    List<Region> regions,
    long queueMicros,
    long inferMicros,
    long regionMicros,
    long encodeMicros) {
  private static final int BYTES_PER_REGION = 64;
  private static final int OTHER_FIELDS = 64 << 10;

  /** Upper bound of the mask's size on the wire in bytes. */
  long maskBytesAtMost() {
    return (long) map.data().size() + (long) BYTES_PER_REGION * regions.size() + OTHER_FIELDS;
  }
}
