package dev.catseye.perceive;

import java.util.Set;

/**
 * What answers, as every mask says it.
 *
 * @param provider execution provider really in use
 * @param plan plan whose score map is published
 * @param bundleDigest SHA-256 of bundle.json, 64 lower-case hex digits
 * @param threshold operating point: score from which a pixel belongs to a region, 0 to 1
 * @param drivable indices of the drivable classes in the class map
 */
public record Model(
    String provider, String plan, String bundleDigest, float threshold, Set<Integer> drivable) {
  public Model {
    drivable = Set.copyOf(drivable);
  }
}
