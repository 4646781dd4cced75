/**
 * Alarms against the obstacles of the ground truth: which were alarmed, how long before they left
 * the picture, and which alarms were false. Reads the topics alarms, masks and ground-truth.
 *
 * <p>May import {@code dev.catseye.evaluate} (joining by frame), schemas, {@code
 * dev.catseye.image}, {@code dev.catseye.region}, Kafka's client and Jackson. The counting itself
 * ({@link dev.catseye.alarmlevel.AlarmEvaluation}) imports no Kafka.
 */
package dev.catseye.alarmlevel;
