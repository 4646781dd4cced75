/**
 * Pixel metrics of anomaly maps against ground truth: pooled AP, AUROC and FPR95, from planes or
 * from the topics masks and ground-truth.
 *
 * <p>May import schemas, {@code dev.catseye.image}, Kafka's client and Jackson. The metric core
 * ({@link dev.catseye.evaluate.ScoreCounts}, {@link dev.catseye.evaluate.PixelMetrics}) imports
 * none of them.
 */
package dev.catseye.evaluate;
