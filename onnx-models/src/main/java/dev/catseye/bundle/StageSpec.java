package dev.catseye.bundle;

import java.util.List;

/**
 * A piece of a fused graph as a graph of its own: one network with the glue in front of it and
 * behind. Stages are for comparing and timing; detectors run the fused graph.
 *
 * @param name that of its network, such as {@code segmentation}
 * @param file where it lies
 * @param inputs {@code frames}, or outputs of earlier stages under the same names
 * @param outputs what it gives, in the graph's order
 */
public record StageSpec(
    String name, FileSpec file, List<TensorSpec> inputs, List<TensorSpec> outputs) {
  /** What the first stage takes: camera frames of any size. */
  public static final TensorSpec FRAMES = TensorSpec.frames("frames");

  /** Copies the lists. */
  public StageSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
