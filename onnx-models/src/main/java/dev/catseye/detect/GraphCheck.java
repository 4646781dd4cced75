package dev.catseye.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.OutputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares what a loaded graph takes and gives with what its bundle says. */
final class GraphCheck {
  private static final long OPEN = -1; // an axis of any length, as the runtime writes it

  private final List<String> problems = new ArrayList<>();

  private GraphCheck() {}

  /**
   * Names, types and shapes of inputs and outputs.
   *
   * @return one sentence per mismatch; empty when there is none
   */
  static List<String> mismatches(OrtSession session, GraphSpec spec) throws OrtException {
    GraphCheck check = new GraphCheck();
    check.input(session.getInputInfo(), spec);
    check.outputs(session.getOutputInfo(), spec);
    return check.problems;
  }

  private void input(Map<String, NodeInfo> inputs, GraphSpec spec) {
    String name = spec.input().name();
    long[] anyFrames = {OPEN, OPEN, OPEN, 3};
    if (!inputs.keySet().equals(Set.of(name))) {
      problems.add("inputs " + inputs.keySet() + ", expected [" + name + "]");
    } else if (!(inputs.get(name).getInfo() instanceof TensorInfo info)
        || info.type != javaType(spec.input().type())
        || !Arrays.equals(info.getShape(), anyFrames)) {
      mismatch("input", inputs.get(name), spec.input().type(), anyFrames);
    }
  }

  private void outputs(Map<String, NodeInfo> outputs, GraphSpec spec) {
    for (OutputSpec output : spec.outputs()) {
      long[] shape = output.shape(OPEN);
      NodeInfo node = outputs.get(output.name());
      if (node == null) {
        problems.add("no output '" + output.name() + "'; it has " + outputs.keySet());
      } else if (!(node.getInfo() instanceof TensorInfo info)
          || info.type != javaType(output.type())
          || !mayBe(info.getShape(), shape)) {
        mismatch("output", node, output.type(), shape);
      }
    }
  }

  private void mismatch(String kind, NodeInfo node, DataType type, long[] shape) {
    String found =
        node.getInfo() instanceof TensorInfo info
            ? info.type.toString().toLowerCase(Locale.ROOT) + " " + Arrays.toString(info.getShape())
            : "no tensor";
    problems.add(
        String.format(
            "%s '%s' is %s, expected %s %s",
            kind, node.getName(), found, type.word(), Arrays.toString(shape)));
  }

  /** Whether no axis contradicts; one that the graph leaves open is seen at every run. */
  private static boolean mayBe(long[] actual, long[] expected) {
    if (actual.length != expected.length) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      if (actual[i] != OPEN && expected[i] != OPEN && actual[i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static OnnxJavaType javaType(DataType type) {
    return type == DataType.UINT8 ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
  }
}
