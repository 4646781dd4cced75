package dev.catseye.evaluate;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** An evaluation as a table for people. */
public final class EvaluationTable {
  private final StringBuilder table = new StringBuilder();

  private EvaluationTable() {}

  /** Several lines with a line end. */
  public static String of(TopicEvaluation evaluation) {
    EvaluationTable table = new EvaluationTable();
    table.frames(evaluation);
    table.metrics(evaluation.result());
    return table.table.toString();
  }

  private void frames(TopicEvaluation evaluation) {
    EvaluationResult result = evaluation.result();
    row("plan", names(evaluation.plans()) + ", bundle " + names(evaluation.bundles()));
    row("labels", "view " + names(evaluation.views()));
    row(
        "frames",
        "%d DETECTED and scored of %d labelled"
            .formatted(result.frames().scored(), evaluation.labelled()));
    rowIfAny("", result.frames().withoutTruth(), "of these without ground truth: all void");
    rowIfAny("", result.frames().withoutAnomaly(), "of these without anomaly pixels");
    rowIfAny("not scored", evaluation.missing(), "without any outcome");
    for (Map.Entry<String, Integer> lost : evaluation.lost().entrySet()) {
      rowIfAny("not scored", lost.getValue(), lost.getKey());
    }
    evaluation.lostExamples().forEach(example -> row("", example));
    rowIfAny("masks", evaluation.unreadable(), "not readable");
    rowIfAny("masks", evaluation.masksWithoutTruth(), "of frames without labels");
    rowIfAny("masks", evaluation.repeated(), "of frames that were scored already");
    rowIfAny("masks", evaluation.otherPlans(), "of other plans");
    EvaluationResult.Pixels pixels = result.pixels();
    row(
        "pixels",
        "%d anomaly, %d normal, %d void"
            .formatted(pixels.anomaly(), pixels.normal(), pixels.voids()));
    rowIfAny("", pixels.clamped(), "scores outside [0, 1], clamped");
  }

  private void metrics(EvaluationResult result) {
    result
        .pooled()
        .ifPresentOrElse(
            metrics -> {
              row("AP", digits(metrics.averagePrecision()));
              row("AUROC", digits(metrics.auroc()));
              row("FPR95", digits(metrics.fpr95()) + "  " + point(result, metrics));
            },
            () -> row("metrics", "none: they need anomaly and normal pixels"));
    result
        .imageMean()
        .ifPresent(
            mean ->
                row(
                    "image mean",
                    "AP %s, AUROC %s, FPR95 %s over %d frames; not comparable with the above"
                        .formatted(
                            digits(mean.averagePrecision()),
                            digits(mean.auroc()),
                            digits(mean.fpr95()),
                            mean.frames())));
  }

  private static String point(EvaluationResult result, PixelMetrics metrics) {
    return "rule %s, counts %s: score >= %s, of FPR %s is one tie"
        .formatted(
            result.settings().rule(),
            result.settings().mode(),
            digits(metrics.fpr95Threshold()),
            digits(metrics.fpr95Resolution()));
  }

  private void rowIfAny(String name, long count, String what) {
    if (count > 0) {
      row(name, count + " " + what);
    }
  }

  private void row(String name, String value) {
    table.append("%-12s%s%n".formatted(name, value));
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }

  private static String names(Collection<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
