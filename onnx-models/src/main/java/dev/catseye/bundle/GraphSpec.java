package dev.catseye.bundle;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One fused ONNX graph.
 *
 * @param file where it lies
 * @param opset of the default domain; the only domain there is
 * @param precision of its networks: {@code fp32}, {@code fp16} or {@code int8}
 * @param input its only input
 * @param outputs in the graph's order; each has a size of its own
 */
public record GraphSpec(
    FileSpec file, int opset, String precision, InputSpec input, List<OutputSpec> outputs) {
  /** Copies the list. */
  public GraphSpec {
    outputs = List.copyOf(outputs);
  }

  /** The same graph with those of its outputs only; see {@link Bundle#graphBytes(GraphSpec)}. */
  public GraphSpec keeping(Set<String> names) {
    List<OutputSpec> kept =
        outputs.stream().filter(output -> names.contains(output.name())).toList();
    return new GraphSpec(file, opset, precision, input, kept);
  }

  /** The output of that tensor name, if there is one. */
  public Optional<OutputSpec> output(String name) {
    return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
  }
}
