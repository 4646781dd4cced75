/**
 * Frames in, masks out: cameras that send, each to a partition of its own, and a watch on what
 * comes back. May import {@code schemas}, {@code dev.catseye.image}, {@code dev.catseye.source},
 * {@code dev.catseye.service} and {@code dev.catseye.tools}.
 */
package dev.catseye.traffic;
