/**
 * A detector over picture files, without Kafka: reads, scores and writes what was found. May import
 * the rooms' {@code image}, {@code bundle}, {@code detect} and {@code region}, Jackson and {@code
 * dev.catseye.tools}.
 */
package dev.catseye.stills;
