package dev.catseye.detect;

import dev.catseye.bundle.PlanSpec;
import java.util.List;

/**
 * What answers.
 *
 * @param provider where it is really computed
 * @param threads threads that compute one frame
 * @param bundle name and version of the bundle
 * @param bundleDigest SHA-256 of {@code bundle.json}, 64 hex digits
 * @param plans the plans answered for, the first is the main one
 * @param mapWidth columns of the main plan's maps
 * @param mapHeight rows of the main plan's maps
 * @param runtime name and version of the runtime
 */
public record DetectorInfo(
    Provider provider,
    int threads,
    String bundle,
    String bundleDigest,
    List<PlanSpec> plans,
    int mapWidth,
    int mapHeight,
    String runtime) {
  /** Copies the list. */
  public DetectorInfo {
    plans = List.copyOf(plans);
  }
}
