package dev.catseye.bundle;

import java.util.Optional;

/**
 * One map that a graph gives per frame, at its working size.
 *
 * @param name tensor name
 * @param type element type
 * @param layout axis letters, always NHW in format 1
 * @param plan the plan it belongs to; empty when plans share it
 * @param map what it shows: {@code anomaly} (trunc(255 score)), {@code score}, {@code class_map},
 *     ...
 * @param always whether every run computes it; others are computed on request
 */
public record OutputSpec(
    String name, DataType type, String layout, Optional<String> plan, String map, boolean always) {}
