/**
 * Detectors: a bundle's graph loaded, proven and run; and its stages, for comparing and timing.
 *
 * <p>The only package that imports {@code ai.onnxruntime}; of ours it may import {@code bundle} and
 * {@code image}.
 */
package dev.catseye.detect;
