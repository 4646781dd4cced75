package dev.catseye.traffic;

/**
 * A record on topic frames that the broker confirmed.
 *
 * @param partition of the topic
 * @param offset in it
 * @param appendedMillis when the broker appended it, since 1970-01-01 UTC
 */
public record Sent(int partition, long offset, long appendedMillis) {}
