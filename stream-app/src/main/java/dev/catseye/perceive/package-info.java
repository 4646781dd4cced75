/**
 * Topology from frames to masks: exactly one outcome per frame. May import Kafka Streams, {@code
 * schemas}, {@code onnx-models}, {@code config}, {@code payload} and {@code metrics}, never {@code
 * judge}.
 */
package dev.catseye.perceive;
