package dev.catseye.bundle;

/**
 * A network file that went into a graph, kept for stage-by-stage comparison; never run here.
 *
 * @param name such as {@code segmentation}
 * @param file where it lies
 */
public record ModuleSpec(String name, FileSpec file) {}
