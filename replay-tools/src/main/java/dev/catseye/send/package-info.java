/**
 * Sends planned frames to Kafka at a chosen pace and reports what became of them. May import
 * Kafka's producer, {@code dev.catseye.schemas}, {@code dev.catseye.image} for picture headers,
 * {@code dev.catseye.source}, {@code dev.catseye.topics} and {@code dev.catseye.tools}.
 */
package dev.catseye.send;
