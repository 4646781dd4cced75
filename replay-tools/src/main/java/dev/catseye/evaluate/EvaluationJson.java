package dev.catseye.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;

/** An evaluation as JSON for machines: every number in full. */
public final class EvaluationJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvaluationJson() {}

  /** One JSON object, to which a caller may add. */
  public static ObjectNode of(TopicEvaluation evaluation) {
    EvaluationResult result = evaluation.result();
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("mode", result.settings().mode().toString());
    root.put("rule", result.settings().rule().toString());
    result.pooled().ifPresent(metrics -> pooled(root.putObject("pooled"), metrics));
    result
        .imageMean()
        .ifPresent(
            mean ->
                root.putObject("image_mean")
                    .put("frames", mean.frames())
                    .put("ap", mean.averagePrecision())
                    .put("auroc", mean.auroc())
                    .put("fpr95", mean.fpr95()));
    root.putObject("pixels")
        .put("anomaly", result.pixels().anomaly())
        .put("normal", result.pixels().normal())
        .put("void", result.pixels().voids())
        .put("clamped", result.pixels().clamped());
    frames(root.putObject("frames"), evaluation);
    root.putObject("masks")
        .put("without_labels", evaluation.masksWithoutTruth())
        .put("repeated", evaluation.repeated())
        .put("other_plans", evaluation.otherPlans())
        .put("unreadable", evaluation.unreadable());
    strings(root, "plans", evaluation.plans());
    strings(root, "bundles", evaluation.bundles());
    strings(root, "views", evaluation.views());
    return root;
  }

  private static void pooled(ObjectNode node, PixelMetrics metrics) {
    node.put("ap", metrics.averagePrecision())
        .put("auroc", metrics.auroc())
        .put("fpr95", metrics.fpr95())
        .put("fpr95_threshold", metrics.fpr95Threshold())
        .put("fpr95_tpr", metrics.fpr95Tpr())
        .put("fpr95_resolution", metrics.fpr95Resolution());
  }

  private static void frames(ObjectNode node, TopicEvaluation evaluation) {
    EvaluationResult.Frames frames = evaluation.result().frames();
    node.put("labelled", evaluation.labelled())
        .put("scored", frames.scored())
        .put("without_truth", frames.withoutTruth())
        .put("without_anomaly", frames.withoutAnomaly())
        .put("missing", evaluation.missing());
    ObjectNode lost = node.putObject("lost");
    evaluation.lost().forEach(lost::put);
    strings(node, "lost_examples", evaluation.lostExamples());
  }

  private static void strings(ObjectNode node, String name, Collection<String> values) {
    values.forEach(node.putArray(name)::add);
  }
}
