/**
 * Recorded drives as they lie on disk: which pictures, in which order, with which times and labels.
 * Opens no picture and knows nothing of Kafka. May import {@code dev.catseye.tools} and the records
 * of {@code dev.catseye.schemas}.
 */
package dev.catseye.source;
