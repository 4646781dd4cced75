package dev.catseye.detect;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.TensorSpec;
import dev.catseye.image.ErrorCode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A graph loaded into the runtime. Owns the native session and its options. Used by one thread at a
 * time, but for {@link #terminate()}.
 */
final class NativeSession implements AutoCloseable {
  private final OrtEnvironment environment; // one per process, never closed
  private final OrtSession.SessionOptions options;
  private final OrtSession session;
  private final Provider provider;
  private final boolean takesBatches;
  private final Object runLock = new Object();
  private Optional<OrtSession.RunOptions> running = Optional.empty(); // guarded by runLock

  private NativeSession(
      OrtEnvironment environment,
      OrtSession.SessionOptions options,
      OrtSession session,
      Provider provider,
      boolean takesBatches) {
    this.environment = environment;
    this.options = options;
    this.session = session;
    this.provider = provider;
    this.takesBatches = takesBatches;
  }

  /**
   * Loads a graph and compares its ends with what is told of them.
   *
   * @param subject what messages call the graph
   * @param onnx bytes of the file, direct; borrowed for this call, the runtime copies them
   * @throws ModelException if the provider cannot be had, or the graph is not what is told
   */
  static NativeSession open(
      String subject,
      ByteBuffer onnx,
      RuntimeConfig config,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs) {
    OrtEnvironment environment = RuntimeGuard.environment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    OrtSession session = null;
    try {
      options.setIntraOpNumThreads(config.threads());
      options.setInterOpNumThreads(1);
      // Spinning threads gain 5 % alone and lose 36 % beside a busy neighbour.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      Provider provider = addProvider(options, config);
      session = environment.createSession(onnx, options);
      List<String> problems = GraphCheck.mismatches(session, inputs, outputs);
      if (!problems.isEmpty()) {
        throw new ModelException(subject, problems);
      }
      boolean takesBatches = GraphCheck.takesBatches(session);
      return new NativeSession(environment, options, session, provider, takesBatches);
    } catch (OrtException e) {
      close(session, options);
      throw new ModelException(subject, List.of("cannot be loaded: " + e.getMessage()), e);
    } catch (RuntimeException e) {
      close(session, options);
      throw e;
    }
  }

  private static Provider addProvider(OrtSession.SessionOptions options, RuntimeConfig config) {
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

  OrtEnvironment environment() {
    return environment;
  }

  /** Where it really computes. */
  Provider provider() {
    return provider;
  }

  /** False where the graph is made for one frame a run. */
  boolean takesBatches() {
    return takesBatches;
  }

  String runtime() {
    return "ONNX Runtime " + environment.getVersion();
  }

  /**
   * Runs the graph once.
   *
   * @param inputs borrowed
   * @param outputs tensor names to give
   * @return to be closed by the caller; its tensors live until then
   * @throws InferenceException if the runtime fails
   */
  OrtSession.Result run(Map<String, OnnxTensor> inputs, Set<String> outputs) {
    try (OrtSession.RunOptions run = new OrtSession.RunOptions()) {
      running(Optional.of(run));
      try {
        return session.run(inputs, outputs, run);
      } finally {
        running(Optional.empty()); // before it is freed: a late terminate would touch freed memory
      }
    } catch (OrtException e) {
      throw failure(inputs, e);
    }
  }

  private void running(Optional<OrtSession.RunOptions> run) {
    synchronized (runLock) {
      running = run;
    }
  }

  /**
   * Ends the run in progress once its current node is done; it then fails, and later runs are not
   * touched. Does nothing without a run. Called by any thread.
   */
  void terminate() {
    synchronized (runLock) {
      running.ifPresent(NativeSession::terminate);
    }
  }

  private static void terminate(OrtSession.RunOptions run) {
    try {
      run.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException("the runtime cannot be told to end its run", e);
    }
  }

  private static InferenceException failure(Map<String, OnnxTensor> inputs, OrtException cause) {
    StringBuilder shapes = new StringBuilder();
    new TreeMap<>(inputs)
        .forEach(
            (name, tensor) ->
                shapes
                    .append(shapes.length() == 0 ? "" : ", ")
                    .append(name)
                    .append(' ')
                    .append(Arrays.toString(tensor.getInfo().getShape())));
    return new InferenceException(
        ErrorCode.INFERENCE,
        String.format("%s: the runtime failed: %s", shapes, cause.getMessage()),
        cause);
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
