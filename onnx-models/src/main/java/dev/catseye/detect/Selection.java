package dev.catseye.detect;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.GraphSpec;
import dev.catseye.bundle.ModelException;
import dev.catseye.bundle.OutputSpec;
import dev.catseye.bundle.PlanSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a detector computes of a bundle.
 *
 * @param graph the graph that is loaded
 * @param plans the plans answered for, at least one, all of {@code graph}; the first is the main
 *     one
 * @param extras names of the outputs computed besides
 */
record Selection(GraphSpec graph, List<PlanSpec> plans, Set<String> extras) {
  Selection {
    plans = List.copyOf(plans);
    extras = Set.copyOf(extras);
  }

  /**
   * Finds what {@code config} asks for.
   *
   * @throws ModelException if a plan or an output is unknown, or the plans lie in different graphs
   */
  static Selection of(Bundle bundle, DetectorConfig config) {
    List<PlanSpec> plans =
        config.plans().isEmpty()
            ? List.of(bundle.defaultPlan())
            : config.plans().stream().map(bundle::plan).toList();
    GraphSpec graph = bundle.graph(plans.get(0));
    List<String> problems = new ArrayList<>();
    for (PlanSpec plan : plans) {
      if (!bundle.graph(plan).equals(graph)) {
        problems.add(
            String.format(
                "plans '%s' and '%s' lie in different graphs; one detector runs one graph",
                plans.get(0).name(), plan.name()));
      }
    }
    for (String name : config.optionalOutputs()) {
      if (graph.output(name).isEmpty()) {
        problems.add("no output '" + name + "' in " + graph.file().path());
      }
    }
    if (!problems.isEmpty()) {
      throw new ModelException(bundle.toString(), problems);
    }
    return new Selection(graph, plans, config.optionalOutputs());
  }

  /** The anomaly map of the main plan. */
  OutputSpec mainMap() {
    return graph.output(plans.get(0).output()).orElseThrow();
  }

  /** The class map that comes with every detection: that of the main plan. */
  Optional<String> classMap() {
    return plans.get(0).classMap();
  }

  /** Tensor names of all outputs to compute. */
  Set<String> outputs() {
    Set<String> outputs = new LinkedHashSet<>(extras);
    plans.forEach(plan -> outputs.add(plan.output()));
    classMap().ifPresent(outputs::add);
    return outputs;
  }
}
