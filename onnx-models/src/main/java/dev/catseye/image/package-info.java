/**
 * Pictures: planes of pixels, decoding by content, encoding, overlays and Pillow's resampling.
 *
 * <p>May import the JDK and FFmpeg (JavaCPP); nothing of ours.
 */
package dev.catseye.image;
