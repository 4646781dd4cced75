package dev.catseye.bundle;

import java.util.List;
import java.util.Optional;

/** {@code bundle.json}, read and consistent in itself; the files it names are not looked at. */
record Manifest(
    String name,
    String version,
    String licence,
    LabelSpace labels,
    List<GraphSpec> graphs,
    String defaultPlan,
    List<PlanSpec> plans,
    List<ModuleSpec> modules,
    List<StageSpec> stages,
    Optional<GoldenSpec> golden) {

  /** Where the golden frame and its expected maps lie. */
  record GoldenSpec(FileSpec frame, List<ExpectedSpec> expected) {}

  /** Where one expected map lies and how close is close enough. */
  record ExpectedSpec(String output, FileSpec file, int maxDifference, double share) {}
}
