package dev.catseye.verify;

/**
 * How far the service has committed one partition of frames.
 *
 * @param settled committed offset before masks were read: every frame below must have its outcome
 * @param latest committed offset after masks were read: no frame from here on may have one; equal
 *     to {@code settled} when the service stands still
 */
public record GroupOffset(long settled, long latest) {}
