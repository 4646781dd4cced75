package dev.catseye.bundle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether every stage takes what an earlier one gives. */
final class StageCheck {
  private final Node root;
  private final Map<String, TensorSpec> there =
      new HashMap<>(Map.of(StageSpec.FRAMES.name(), StageSpec.FRAMES));

  private StageCheck(Node root) {
    this.root = root;
  }

  /** Notes what is wrong between {@code stages}, given in the order in which they run. */
  static void run(Node root, List<StageSpec> stages) {
    StageCheck check = new StageCheck(root);
    stages.forEach(check::check);
  }

  private void check(StageSpec stage) {
    for (TensorSpec input : stage.inputs()) {
      TensorSpec given = there.get(input.name());
      if (given == null) {
        problem(stage, "takes '%s', which no stage before it gives", input.name());
      } else if (!given.equals(input)) {
        problem(stage, "takes '%s' of another type or shape than is given", input.name());
      }
    }
    for (TensorSpec output : stage.outputs()) {
      if (there.putIfAbsent(output.name(), output) != null) {
        problem(stage, "gives '%s', which is there already", output.name());
      }
    }
  }

  private void problem(StageSpec stage, String text, String tensor) {
    root.problem("stage '%s' ".formatted(stage.name()) + text.formatted(tensor));
  }
}
