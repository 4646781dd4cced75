package dev.catseye.bundle;

/**
 * A threshold with a reason.
 *
 * @param name such as {@code tpr95}
 * @param threshold anomaly score from which a pixel counts as anomaly, 0 to 1
 * @param source the data it was chosen on
 */
public record OperatingPoint(String name, float threshold, String source) {}
