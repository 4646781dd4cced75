/** Counts and times, for Prometheus; may import {@code schemas} and simpleclient, not Kafka. */
package dev.catseye.metrics;
