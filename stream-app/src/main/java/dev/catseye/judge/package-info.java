/**
 * Topology from masks to alarms and camera health; never waits for inference. May import Kafka
 * Streams, {@code schemas}, {@code config} and {@code metrics}, never {@code perceive}.
 */
package dev.catseye.judge;
