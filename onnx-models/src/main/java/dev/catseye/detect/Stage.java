package dev.catseye.detect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.StageSpec;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.image.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One stage of a bundle, loaded and ready to run on given tensors. Owns its native session. Used by
 * one thread at a time.
 */
public final class Stage implements AutoCloseable {
  private final NativeSession session;
  private final StageSpec spec;

  private Stage(NativeSession session, StageSpec spec) {
    this.session = session;
    this.spec = spec;
  }

  /**
   * Reads and loads one stage.
   *
   * @param bundle borrowed for this call
   * @param spec one of the bundle's stages
   * @return to be closed by the caller
   * @throws ModelException if its file has changed, the graph is not what the bundle says, or the
   *     provider cannot be had
   */
  public static Stage open(Bundle bundle, StageSpec spec, RuntimeConfig config) {
    NativeSession session =
        NativeSession.open(
            "stage " + spec.file().path() + " of " + bundle,
            bundle.graphBytes(spec),
            config,
            spec.inputs(),
            spec.outputs());
    return new Stage(session, spec);
  }

  /** What it takes and gives. */
  public StageSpec spec() {
    return spec;
  }

  /** Where it really computes. */
  public Provider provider() {
    return session.provider();
  }

  /**
   * Runs the stage once on tensors of the caller's.
   *
   * @param inputs one per input of the stage, by name
   * @return every output
   * @throws InferenceException if the runtime fails or an output is of another shape than told
   */
  public StageResult run(Map<String, HostTensor> inputs) {
    Set<String> wanted = spec.inputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    if (!inputs.keySet().equals(wanted)) {
      throw new IllegalArgumentException(
          "stage " + spec.name() + " takes " + wanted + ", not " + inputs.keySet());
    }
    Set<String> outputs = spec.outputs().stream().map(TensorSpec::name).collect(Collectors.toSet());
    Map<String, OnnxTensor> natives = new HashMap<>();
    try {
      inputs.forEach((name, tensor) -> natives.put(name, toNative(tensor)));
      long start = System.nanoTime();
      try (OrtSession.Result result = run(natives, outputs)) {
        long micros = (System.nanoTime() - start) / 1000;
        return new StageResult(toHost(result, outputs), micros);
      }
    } finally {
      natives.values().forEach(OnnxTensor::close);
    }
  }

  /**
   * Runs the stage on tensors of the runtime.
   *
   * @param inputs at least those of the stage; borrowed
   * @param outputs names of those to give
   * @return to be closed by the caller
   */
  OrtSession.Result run(Map<String, OnnxTensor> inputs, Set<String> outputs) {
    Map<String, OnnxTensor> own = new HashMap<>();
    spec.inputs().forEach(input -> own.put(input.name(), inputs.get(input.name())));
    return session.run(own, outputs);
  }

  /** The outputs {@code names} on the heap. */
  Map<String, HostTensor> toHost(OrtSession.Result result, Set<String> names) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (TensorSpec output : spec.outputs()) {
      if (names.contains(output.name())) {
        OnnxTensor tensor = (OnnxTensor) result.get(output.name()).orElseThrow();
        HeapCopies.requireShape(output.name(), tensor, output.shape(TensorSpec.OPEN));
        tensors.put(output.name(), toHost(output, tensor));
      }
    }
    return tensors;
  }

  private static HostTensor toHost(TensorSpec output, OnnxTensor tensor) {
    long[] shape = tensor.getInfo().getShape();
    return output.type() == DataType.UINT8
        ? HostTensor.ofBytes(HeapCopies.bytes(tensor), shape)
        : HostTensor.ofFloats(HeapCopies.floats(tensor), shape);
  }

  /** The tensor in the runtime's memory; the caller closes it. */
  OnnxTensor toNative(HostTensor tensor) {
    OrtEnvironment environment = session.environment();
    long[] shape = tensor.shape();
    try {
      return tensor.type() == DataType.UINT8
          ? OnnxTensor.createTensor(
              environment, (ByteBuffer) tensor.buffer(), shape, OnnxJavaType.UINT8)
          : OnnxTensor.createTensor(environment, (FloatBuffer) tensor.buffer(), shape);
    } catch (OrtException e) {
      throw new InferenceException(
          ErrorCode.INFERENCE, tensor + " cannot be given to the runtime: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
