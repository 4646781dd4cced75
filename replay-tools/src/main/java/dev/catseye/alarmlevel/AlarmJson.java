package dev.catseye.alarmlevel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Alarms against obstacles as JSON for machines: every number in full. */
public final class AlarmJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlarmJson() {}

  /** One JSON object. */
  public static ObjectNode of(AlarmEvaluation evaluation) {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("obstacle_rule")
        .put("least_px", evaluation.rule().leastPx())
        .put("least_frames", evaluation.rule().leastFrames());
    ArrayNode thresholds = root.putArray("thresholds");
    evaluation
        .thresholds()
        .forEach((score, masks) -> thresholds.addObject().put("score", score).put("masks", masks));
    totals(root.putObject("pooled"), evaluation.pooled());
    root.putObject("not_judged")
        .put("episodes_without_truth", evaluation.pooled().unknown())
        .put("episodes_without_labels", evaluation.withoutTruth())
        .put("records_of_other_plans", evaluation.otherPlans())
        .put("records_unreadable", evaluation.unreadableAlarms())
        .put("masks_unreadable", evaluation.unreadableMasks());
    root.put("records", evaluation.records());
    ArrayNode drives = root.putArray("drives");
    evaluation.drives().forEach(drive -> drive(drives.addObject(), drive, evaluation.rule()));
    return root;
  }

  private static void totals(ObjectNode node, AlarmTotals totals) {
    node.put("obstacles", totals.obstacles())
        .put("alarmed", totals.alarmed())
        .put("missed", totals.missed())
        .put("missed_undetected", totals.missedUndetected())
        .put("not_counted", totals.small())
        .put("not_counted_alarmed", totals.smallAlarmed())
        .put("false_alarms", totals.falseAlarms())
        .put("false_alarms_in_void", totals.falseInVoid())
        .put("minutes", totals.minutes());
    totals.falsePerMinute().ifPresent(rate -> node.put("false_alarms_per_minute", rate));
    ObjectNode warning = node.putObject("warning");
    warning.put("obstacles", totals.warnings().size()).put("still_in_view", totals.stillInView());
    totals.median().ifPresent(median -> warning(warning.putObject("median"), median));
    totals.shortest().ifPresent(shortest -> warning(warning.putObject("shortest"), shortest));
  }

  private static void warning(ObjectNode node, Warning warning) {
    node.put("frames", warning.frames()).put("seconds", warning.micros() / 1e6);
  }

  private static void drive(ObjectNode node, DriveResult drive, ObstacleRule rule) {
    node.put("camera", drive.camera())
        .put("boot", drive.boot())
        .put("labelled", drive.labelled())
        .put("detected", drive.detected())
        .put("without_truth", drive.withoutTruth())
        .put("episodes_without_truth", drive.unknown());
    totals(node, AlarmTotals.of(List.of(drive), rule));
    ArrayNode obstacles = node.putArray("each_obstacle");
    drive.obstacles().forEach(obstacle -> obstacle(obstacles.addObject(), obstacle));
  }

  private static void obstacle(ObjectNode node, ObstacleResult obstacle) {
    node.put("label_value", obstacle.value())
        .put("first_sequence", obstacle.firstSequence())
        .put("last_sequence", obstacle.lastSequence())
        .put("frames", obstacle.frames())
        .put("counted_frames", obstacle.countedFrames())
        .put("detected_frames", obstacle.detectedFrames())
        .put("largest_px", obstacle.largestPx())
        .put("counts", obstacle.counts())
        .put("left_picture", obstacle.left())
        .put("alarmed", obstacle.alarmed());
    obstacle.warning().ifPresent(warning -> warning(node.putObject("warning"), warning));
  }
}
