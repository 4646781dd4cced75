package dev.catseye.image;

/**
 * What a compressed picture's header says, unchecked against any limit.
 *
 * @param width columns, 0 to 2^31 - 1
 * @param height rows, 0 to 2^31 - 1
 * @param format told from the bytes
 */
public record ImageSize(int width, int height, Format format) {}
