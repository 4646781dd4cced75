package dev.catseye.metrics;

/**
 * The model in use, as its meter names it.
 *
 * @param bundle name of the bundle
 * @param version of the bundle
 * @param sha256 digest of its bundle.json, in hex
 * @param plan plan whose map is published
 * @param provider execution provider in use
 * @param precision of the plan's graph: fp32, fp16 or int8
 */
public record ModelLabels(
    String bundle, String version, String sha256, String plan, String provider, String precision) {}
