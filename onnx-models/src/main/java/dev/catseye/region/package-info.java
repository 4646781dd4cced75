/**
 * Regions: connected pixels of a score map, measured in camera pixels.
 *
 * <p>May import the JDK and of ours {@code image}.
 */
package dev.catseye.region;
