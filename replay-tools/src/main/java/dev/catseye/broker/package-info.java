/**
 * Real Kafka brokers (KRaft) as child processes, one or a cluster of several on this machine, for
 * people without a cluster, for the demo, for chaos and for tests. May import the Kafka server and
 * {@code dev.catseye.tools}.
 */
package dev.catseye.broker;
