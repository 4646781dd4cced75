package dev.catseye.bundle;

import java.util.Optional;

/**
 * One map or picture that a graph gives per frame, over the whole frame.
 *
 * @param name tensor name
 * @param type element type
 * @param width columns
 * @param height rows
 * @param channels 1 for a map, NHW; 3 for an RGB picture of bytes, NHWC
 * @param plan the plan it belongs to; empty when plans share it
 * @param map what it shows: {@code anomaly} (trunc(255 score)), {@code score}, {@code class_map},
 *     ...
 * @param always whether every run computes it; others are computed on request
 */
public record OutputSpec(
    String name,
    DataType type,
    int width,
    int height,
    int channels,
    Optional<String> plan,
    String map,
    boolean always) {

  /** Shape of the tensor for {@code n} frames: {@code [n, height, width]}, or with 3 behind. */
  public long[] shape(long n) {
    return tensor().shape(n);
  }

  /** Whether there is one value per pixel; otherwise it is an RGB picture. */
  public boolean isMap() {
    return channels == 1;
  }

  /** What the graph gives under this name. */
  public TensorSpec tensor() {
    return new TensorSpec(name, type, isMap() ? Layout.NHW : Layout.NHWC, channels, width, height);
  }

  /** Whether it covers the frame with as many columns and rows as {@code other}. */
  public boolean hasSizeOf(OutputSpec other) {
    return width == other.width && height == other.height;
  }
}
