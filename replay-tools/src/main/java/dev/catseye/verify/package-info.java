/**
 * The black-box checker: reads topics and group offsets into a {@link dev.catseye.verify.History},
 * judges it promise by promise, and gives a {@link dev.catseye.verify.Verdict}.
 *
 * <p>May import {@code dev.catseye.verify.wire}, Kafka's clients and Jackson. No class of {@code
 * dev.catseye.schemas} and none of the service: what both get wrong could not be seen.
 */
package dev.catseye.verify;
