package dev.catseye.detect;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.image.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph loaded into the runtime. Owns the native session and its options. Used by one thread at a
 * time.
 */
final class Session implements AutoCloseable {
  private final OrtEnvironment environment; // one per process, never closed
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final GraphSpec spec;
  private final Provider provider;

  private Session(
      OrtEnvironment environment,
      OrtSession.SessionOptions options,
      OrtSession session,
      GraphSpec spec,
      Provider provider) {
    this.environment = environment;
    this.options = options;
    this.session = session;
    this.spec = spec;
    this.provider = provider;
  }

  /**
   * Loads {@code spec} of {@code bundle}.
   *
   * @throws ModelException if the provider cannot be had, or the graph is not what the bundle says
   */
  static Session open(Bundle bundle, GraphSpec spec, DetectorConfig config) {
    OrtEnvironment environment = RuntimeGuard.environment();
    String subject = "graph " + spec.file().path() + " of " + bundle;
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    OrtSession session = null;
    try {
      options.setIntraOpNumThreads(config.threads());
      options.setInterOpNumThreads(1);
      // Spinning threads gain 5 % alone and lose 36 % beside a busy neighbour.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      Provider provider = addProvider(options, config);
      session = environment.createSession(bundle.graphBytes(spec), options);
      List<String> problems = GraphCheck.mismatches(session, spec);
      if (!problems.isEmpty()) {
        throw new ModelException(subject, problems);
      }
      return new Session(environment, options, session, spec, provider);
    } catch (OrtException e) {
      close(session, options);
      throw new ModelException(subject, List.of("cannot be loaded: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      close(session, options);
      throw e;
    }
  }

  private static Provider addProvider(OrtSession.SessionOptions options, DetectorConfig config) {
    if (config.provider() == Provider.CPU) {
      return Provider.CPU;
    }
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions()) {
      options.addCUDA(cuda);
      return Provider.CUDA;
    } catch (OrtException e) {
      if (config.allowCpu()) {
        return Provider.CPU;
      }
      throw new ModelException(
          "provider CUDA",
          List.of(
              "not available here ("
                  + e.getMessage()
                  + "); run on a machine with the GPU runtime, or allow the CPU"),
          e);
    }
  }

  Provider provider() {
    return provider;
  }

  String runtime() {
    return "ONNX Runtime " + environment.getVersion();
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
            OnnxTensor.createTensor(environment, frames, shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(spec.input().name(), input), outputs)) {
      Map<String, MapBatch> maps = new LinkedHashMap<>();
      for (String name : outputs) {
        OutputSpec output = spec.output(name).orElseThrow();
        maps.put(name, copied(output, result.get(name).orElseThrow(), n));
      }
      return maps;
    } catch (OrtException e) {
      throw new InferenceException(
          ErrorCode.INFERENCE,
          String.format(
              "frames %s: the runtime failed: %s", Arrays.toString(shape), e.getMessage()),
          e);
    }
  }

  /** Values reach the heap before the result frees them. */
  private static MapBatch copied(OutputSpec output, OnnxValue value, int n) {
    OnnxTensor tensor = (OnnxTensor) value;
    long[] expected = output.shape(n);
    if (!Arrays.equals(tensor.getInfo().getShape(), expected)) {
      throw new InferenceException(
          ErrorCode.INFERENCE,
          String.format(
              "output '%s' has shape %s, expected %s",
              output.name(),
              Arrays.toString(tensor.getInfo().getShape()),
              Arrays.toString(expected)),
          null);
    }
    if (output.type() == DataType.UINT8) {
      ByteBuffer buffer = tensor.getByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return MapBatch.ofBytes(output, bytes);
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return MapBatch.ofFloats(output, floats);
  }

  @Override
  public void close() {
    close(session, options);
  }

  private static void close(OrtSession session, OrtSession.SessionOptions options) {
    try (options) { // closed after the session, also when that fails
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the runtime cannot close its session", e);
    }
  }
}
