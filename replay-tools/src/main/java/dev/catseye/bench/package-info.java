/**
 * Times a bundle's networks on this machine: the fused graph, the stages it was composed of, and
 * one against the other. May import the rooms' {@code bundle}, {@code detect} and {@code image},
 * Jackson and {@code dev.catseye.tools}.
 */
package dev.catseye.bench;
