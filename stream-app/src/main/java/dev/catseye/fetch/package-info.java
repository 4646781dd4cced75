/**
 * Fetches frames ahead of Kafka Streams, hands them over one at a time, and knows what waits. May
 * import Kafka's clients, {@code schemas} and, of {@code perceive}, the question it answers.
 */
package dev.catseye.fetch;
