package dev.catseye.bundle;

/**
 * A file of the bundle as {@code bundle.json} promises it.
 *
 * @param path relative to the bundle, with {@code /}
 * @param bytes exact size
 * @param sha256 of the content, 64 lower-case hex digits
 */
public record FileSpec(String path, long bytes, String sha256) {}
