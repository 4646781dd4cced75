package dev.catseye.stills;

import dev.catseye.detect.Provider;
import java.util.Optional;

/**
 * How pictures are looked at.
 *
 * @param plan name of the plan; empty for the bundle's default
 * @param threshold anomaly score from which a pixel counts, 0 to 1; empty for the plan's default
 *     operating point
 * @param minAreaPx smallest region told, camera pixels
 * @param provider where to compute
 * @param allowCpu whether the CPU will do when {@code provider} cannot be had
 * @param threads that compute one picture
 */
public record StillConfig(
    Optional<String> plan,
    Optional<Float> threshold,
    int minAreaPx,
    Provider provider,
    boolean allowCpu,
    int threads) {}
