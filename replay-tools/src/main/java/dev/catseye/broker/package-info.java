/**
 * A real single-node Kafka broker (KRaft) as a child process, for people without a cluster, for the
 * demo and for tests. May import the Kafka server and {@code dev.catseye.tools}.
 */
package dev.catseye.broker;
