/**
 * Whether a bundle computes what the original of its pipeline computed: its stages and its fused
 * graph against a folder of golden tensors. May import the rooms' {@code image}, {@code bundle} and
 * {@code detect}, Jackson and {@code dev.catseye.tools}.
 */
package dev.catseye.parity;
