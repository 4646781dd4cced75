package dev.catseye.perceive;

import java.time.Duration;

/**
 * That frames may be given up for newer ones, and what that is judged by.
 *
 * @param backlog what waits
 * @param firstServiceTime time that a frame is expected to take before any was measured
 */
public record Shedding(Backlog backlog, Duration firstServiceTime) {}
