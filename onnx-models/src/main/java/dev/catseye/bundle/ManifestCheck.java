package dev.catseye.bundle;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the parts of a manifest fit each other: plans, graphs, outputs, golden answers. */
final class ManifestCheck {
  private final Node root;
  private final Manifest manifest;

  ManifestCheck(Node root, Manifest manifest) {
    this.root = root;
    this.manifest = manifest;
  }

  void run() {
    unique("graph file", manifest.graphs().stream().map(graph -> graph.file().path()).toList());
    unique("plan", manifest.plans().stream().map(PlanSpec::name).toList());
    for (GraphSpec graph : manifest.graphs()) {
      unique("output", graph.outputs().stream().map(OutputSpec::name).toList());
    }
    unique("stage", manifest.stages().stream().map(StageSpec::name).toList());
    StageCheck.run(root, manifest.stages());
    manifest.plans().forEach(this::checkPlan);
    String chosen = manifest.defaultPlan();
    if (!chosen.isEmpty() && manifest.plans().stream().noneMatch(p -> p.name().equals(chosen))) {
      root.at("default_plan").problem("'%s' is none of the plans".formatted(chosen));
    }
    manifest.golden().ifPresent(this::checkGolden);
  }

  private void checkPlan(PlanSpec plan) {
    Optional<GraphSpec> graph =
        manifest.graphs().stream().filter(g -> g.file().path().equals(plan.graph())).findFirst();
    if (graph.isEmpty()) {
      root.problem("plan '%s': no graph '%s'".formatted(plan.name(), plan.graph()));
      return;
    }
    Optional<OutputSpec> output = graph.get().output(plan.output());
    if (output.isEmpty()) {
      root.problem(
          "plan '%s': %s has no output '%s'".formatted(plan.name(), plan.graph(), plan.output()));
    } else {
      checkAnomalyMap(plan, output.get());
    }
    plan.classMap().ifPresent(name -> checkClassMap(plan, name, graph.get().output(name), output));
  }

  private void checkAnomalyMap(PlanSpec plan, OutputSpec output) {
    boolean fits =
        output.type() == DataType.UINT8
            && output.isMap()
            && output.map().equals("anomaly")
            && output.plan().equals(Optional.of(plan.name()));
    if (!fits) {
      root.problem(
          "plan '%s': output '%s' is the %s %s '%s' of plan '%s', expected its own uint8 map 'anomaly'"
              .formatted(
                  plan.name(),
                  output.name(),
                  output.type().word(),
                  output.isMap() ? "map" : "picture",
                  output.map(),
                  output.plan().orElse("")));
    }
  }

  /** A region is asked for the class of its pixels, so both maps need the same pixels. */
  private void checkClassMap(
      PlanSpec plan, String name, Optional<OutputSpec> classes, Optional<OutputSpec> scores) {
    boolean fits =
        classes.isPresent()
            && classes.get().type() == DataType.UINT8
            && classes.get().isMap()
            && classes.get().map().equals("class_map");
    if (!fits) {
      root.problem(
          "plan '%s': no uint8 class map '%s' in %s".formatted(plan.name(), name, plan.graph()));
    } else if (scores.isPresent() && !classes.get().hasSizeOf(scores.get())) {
      root.problem(
          "plan '%s': class map '%s' is %dx%d, the anomaly map %dx%d"
              .formatted(
                  plan.name(),
                  name,
                  classes.get().width(),
                  classes.get().height(),
                  scores.get().width(),
                  scores.get().height()));
    }
  }

  private void checkGolden(Manifest.GoldenSpec golden) {
    for (Manifest.ExpectedSpec expected : golden.expected()) {
      boolean known =
          manifest.graphs().stream()
              .flatMap(graph -> graph.output(expected.output()).stream())
              .anyMatch(output -> output.type() == DataType.UINT8 && output.isMap());
      if (!known) {
        root.at("golden").problem("no graph has a uint8 map '%s'".formatted(expected.output()));
      }
    }
  }

  private void unique(String what, List<String> names) {
    Set<String> seen = new HashSet<>();
    names.stream()
        .filter(name -> !name.isEmpty() && !seen.add(name))
        .forEach(name -> root.problem("%s '%s' is named twice".formatted(what, name)));
  }
}
