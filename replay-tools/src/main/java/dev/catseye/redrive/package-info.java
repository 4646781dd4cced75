/**
 * Puts dead letters back onto the topic of frames, each of them once. May import Kafka's clients,
 * {@code dev.catseye.schemas}, {@code dev.catseye.topics} and {@code dev.catseye.tools}.
 */
package dev.catseye.redrive;
