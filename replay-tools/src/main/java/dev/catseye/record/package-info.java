/**
 * Writes what lies on the topics to files: score maps, labels, overlay pictures. May import {@code
 * dev.catseye.schemas}, {@code dev.catseye.image} and {@code dev.catseye.tools}.
 */
package dev.catseye.record;
