/**
 * Creates the topics of the catalogue and compares a cluster with it. May import Kafka's admin
 * client, {@code dev.catseye.schemas} and {@code dev.catseye.tools}.
 */
package dev.catseye.topics;
