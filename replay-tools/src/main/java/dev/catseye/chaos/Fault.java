package dev.catseye.chaos;

import java.time.Duration;

/**
 * One fault of a plan.
 *
 * @param kind what is done
 * @param subject which instance, broker or camera, counted from 0; more than there are start again
 *     at the first
 * @param length how long it lasts; what takes no time of its own ignores it
 * @param calm how long nothing is done afterwards, at least
 * @param seed for what else is left to chance in it
 */
record Fault(FaultKind kind, int subject, Duration length, Duration calm, long seed) {}
