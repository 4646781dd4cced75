package dev.catseye.detect;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.catseye.bundle.DataType;
import dev.catseye.bundle.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what a loaded graph takes and gives with what its bundle says. */
final class GraphCheck {
  private static final long OPEN = TensorSpec.OPEN;

  private final List<String> problems = new ArrayList<>();

  private GraphCheck() {}

  /**
   * Names, types and shapes of inputs and outputs. A graph may give more than is told.
   *
   * @return one sentence per mismatch; empty when there is none
   */
  static List<String> mismatches(
      OrtSession session, List<TensorSpec> inputs, List<TensorSpec> outputs) throws OrtException {
    GraphCheck check = new GraphCheck();
    check.inputs(session.getInputInfo(), inputs);
    check.outputs(session.getOutputInfo(), outputs);
    return check.problems;
  }

  private void inputs(Map<String, NodeInfo> nodes, List<TensorSpec> specs) {
    Set<String> names =
        specs.stream().map(TensorSpec::name).collect(Collectors.toCollection(TreeSet::new));
    if (!nodes.keySet().equals(names)) {
      problems.add("inputs " + new TreeSet<>(nodes.keySet()) + ", expected " + names);
      return;
    }
    for (TensorSpec spec : specs) {
      NodeInfo node = nodes.get(spec.name());
      if (!(node.getInfo() instanceof TensorInfo info)
          || info.type != javaType(spec.type())
          || !fits(info.getShape(), spec, false)) {
        mismatch("input", node, spec);
      }
    }
  }

  private void outputs(Map<String, NodeInfo> nodes, List<TensorSpec> specs) {
    for (TensorSpec spec : specs) {
      NodeInfo node = nodes.get(spec.name());
      if (node == null) {
        problems.add("no output '" + spec.name() + "'; it has " + nodes.keySet());
      } else if (!(node.getInfo() instanceof TensorInfo info)
          || info.type != javaType(spec.type())
          || !fits(info.getShape(), spec, true)) {
        mismatch("output", node, spec);
      }
    }
  }

  private void mismatch(String kind, NodeInfo node, TensorSpec spec) {
    String found =
        node.getInfo() instanceof TensorInfo info
            ? info.type.toString().toLowerCase(Locale.ROOT) + " " + Arrays.toString(info.getShape())
            : "no tensor";
    problems.add(
        String.format(
            "%s '%s' is %s, expected %s %s",
            kind, node.getName(), found, spec.type().word(), Arrays.toString(spec.shape(OPEN))));
  }

  /**
   * Whether no axis contradicts. One that the graph leaves open takes any length, and of an output
   * it is seen at every run; one that the spec leaves open may be fixed in an output, and the first
   * axis of an input to one frame: there are networks that cannot take two at once.
   */
  private static boolean fits(long[] actual, TensorSpec spec, boolean mayFix) {
    long[] told = spec.shape(OPEN);
    if (actual.length != told.length) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      boolean same = actual[i] == OPEN || actual[i] == told[i];
      boolean fixed = told[i] == OPEN && (mayFix || (i == 0 && actual[i] == 1));
      if (!same && !fixed) {
        return false;
      }
    }
    return true;
  }

  /** Whether every input takes more than one frame at once. */
  static boolean takesBatches(OrtSession session) throws OrtException {
    return session.getInputInfo().values().stream()
        .map(NodeInfo::getInfo)
        .allMatch(info -> ((TensorInfo) info).getShape()[0] != 1);
  }

  private static OnnxJavaType javaType(DataType type) {
    return type == DataType.UINT8 ? OnnxJavaType.UINT8 : OnnxJavaType.FLOAT;
  }
}
