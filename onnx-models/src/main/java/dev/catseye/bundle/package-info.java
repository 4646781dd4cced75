/**
 * Bundles: a folder or zip with graphs, their plans and the proof of what they are; read whole,
 * every mistake in one list.
 *
 * <p>May import the JDK, Jackson and the ONNX protobuf classes (tribuo-util-onnx); of ours {@code
 * image} for its error codes.
 */
package dev.catseye.bundle;
