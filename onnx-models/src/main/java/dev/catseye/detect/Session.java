package dev.catseye.detect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.image.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fused graph, ready to run. Owns its native session. Used by one thread at a time, but for
 * {@link #terminate()}.
 */
final class Session implements AutoCloseable {
  private final NativeSession session;
  private final GraphSpec spec;

  private Session(NativeSession session, GraphSpec spec) {
    this.session = session;
    this.spec = spec;
  }

  /**
   * Loads {@code spec} of {@code bundle}.
   *
   * @throws ModelException if the provider cannot be had, or the graph is not what the bundle says
   */
  static Session open(Bundle bundle, GraphSpec spec, RuntimeConfig config) {
    NativeSession session =
        NativeSession.open(
            "graph " + spec.file().path() + " of " + bundle,
            bundle.graphBytes(spec),
            config,
            List.of(TensorSpec.frames(spec.input().name())),
            spec.outputs().stream().map(OutputSpec::tensor).toList());
    return new Session(session, spec);
  }

  Provider provider() {
    return session.provider();
  }

  String runtime() {
    return session.runtime();
  }

  /** False where the graph is made for one frame a run. */
  boolean takesBatches() {
    return session.takesBatches();
  }

  /**
   * Runs the graph once.
   *
   * @param frames NHWC uint8 {@code [n, height, width, 3]}, R G B, position 0; borrowed, direct
   * @param outputs tensor names to compute
   * @return per output its values, uint8 or float32, NHW or NHWC, on the heap
   * @throws InferenceException if the runtime fails or a map is of another shape
   */
  Map<String, MapBatch> run(ByteBuffer frames, int n, int height, int width, Set<String> outputs) {
    long[] shape = {n, height, width, 3};
    try (OnnxTensor input =
            OnnxTensor.createTensor(session.environment(), frames, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(spec.input().name(), input), outputs)) {
      Map<String, MapBatch> maps = new LinkedHashMap<>();
      for (String name : outputs) {
        OutputSpec output = spec.output(name).orElseThrow();
        maps.put(name, copied(output, (OnnxTensor) result.get(name).orElseThrow(), n));
      }
      return maps;
    } catch (OrtException e) {
      throw new InferenceException(
          ErrorCode.INFERENCE,
          String.format("frames %s cannot be given to the runtime", Arrays.toString(shape)),
          e);
    }
  }

  /** Ends the run in progress, which then fails. Called by any thread. */
  void terminate() {
    session.terminate();
  }

  /** Values reach the heap before the result frees them. */
  private static MapBatch copied(OutputSpec output, OnnxTensor tensor, int n) {
    HeapCopies.requireShape(output.name(), tensor, output.shape(n));
    return output.type() == DataType.UINT8
        ? MapBatch.ofBytes(output, HeapCopies.bytes(tensor))
        : MapBatch.ofFloats(output, HeapCopies.floats(tensor));
  }

  @Override
  public void close() {
    session.close();
  }
}
