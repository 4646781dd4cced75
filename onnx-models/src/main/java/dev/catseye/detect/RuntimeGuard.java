package dev.catseye.detect;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import dev.catseye.bundle.ModelException;
import java.util.List;
import java.util.Map;

/**
 * The only way to the runtime's environment: it refuses where touching the runtime could kill the
 * JVM.
 *
 * <p>ONNX Runtime 1.29 with telemetry on ends the JVM with SIGSEGV, without a word, when the
 * command line is long (a recursive regular expression over it). Its Java switch comes too late;
 * only the environment variable helps.
 */
final class RuntimeGuard {
  static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  private RuntimeGuard() {}

  /**
   * The process's runtime environment.
   *
   * @throws ModelException when telemetry is not switched off
   */
  static OrtEnvironment environment() {
    check(System.getenv());
    NativeLibraries.unpackOnce();
    // What fails is told by exceptions; the runtime would print it a second time.
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "catseye");
  }

  /** As {@link #environment()} checks it. */
  static void check(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    if (!value.equals("1") && !value.equals("true")) {
      throw new ModelException(
          "ONNX Runtime",
          List.of(
              String.format(
                  "its telemetry can kill this process; set the environment variable %s=1"
                      + " (now: '%s')",
                  VARIABLE, value)));
    }
  }
}
