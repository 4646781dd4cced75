package dev.catseye.verify;

/**
 * One breach of one promise.
 *
 * @param promise which one
 * @param place the record where it shows
 * @param text one line that says what is wrong there
 */
public record Violation(Promise promise, Place place, String text) {}
