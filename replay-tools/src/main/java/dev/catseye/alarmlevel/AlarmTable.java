package dev.catseye.alarmlevel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Alarms against obstacles as a table for people. */
public final class AlarmTable {
  private final AlarmEvaluation evaluation;
  private final StringBuilder table = new StringBuilder();

  private AlarmTable(AlarmEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** What was found over all drives, a few lines with a line end. */
  public static String pooled(AlarmEvaluation evaluation) {
    AlarmTable table = new AlarmTable(evaluation);
    table.totals(evaluation.pooled());
    return table.table.toString();
  }

  /** The same with one line per drive. */
  public static String of(AlarmEvaluation evaluation) {
    AlarmTable table = new AlarmTable(evaluation);
    table.totals(evaluation.pooled());
    evaluation.drives().forEach(table::drive);
    return table.table.toString();
  }

  private void totals(AlarmTotals totals) {
    row(
        "obstacles",
        "%d alarmed and %d missed of %d (from %d px in %d frames on)"
            .formatted(
                totals.alarmed(),
                totals.missed(),
                totals.obstacles(),
                evaluation.rule().leastPx(),
                evaluation.rule().leastFrames()));
    rowIfAny(
        "", totals.missedUndetected(), "of the missed shown by fewer DETECTED frames than that");
    rowIfAny(
        "",
        totals.small(),
        "not counted, smaller or seen for shorter; alarmed " + totals.smallAlarmed());
    row(
        "false",
        String.format(
            Locale.ROOT,
            "%d alarms in %.2f min of drive%s",
            totals.falseAlarms(),
            totals.minutes(),
            perMinute(totals)));
    rowIfAny("", totals.falseInVoid(), "of these where the labels are void");
    row("warning", warning(totals));
    row("alarms", "%d records; masks cut at %s".formatted(evaluation.records(), cuts()));
    if (evaluation.records() == 0) {
      row("", "nothing was alarmed, or judge did not run");
    }
    rowIfAny("", totals.unknown(), "episodes not judged: frames without ground truth");
    rowIfAny("", evaluation.withoutTruth(), "episodes not judged: frames without labels");
    rowIfAny("", evaluation.otherPlans(), "records of other plans");
    rowIfAny("", evaluation.unreadableAlarms(), "records not readable");
  }

  private void drive(DriveResult drive) {
    AlarmTotals totals = AlarmTotals.of(List.of(drive), evaluation.rule());
    row(
        "drive",
        "%s/%s: %d of %d alarmed, %d false%s, %d of %d frames DETECTED; warning %s"
            .formatted(
                drive.camera(),
                drive.boot(),
                totals.alarmed(),
                totals.obstacles(),
                totals.falseAlarms(),
                perMinute(totals),
                drive.detected(),
                drive.labelled(),
                warning(totals)));
  }

  private static String perMinute(AlarmTotals totals) {
    return totals.falsePerMinute().isEmpty()
        ? ", no drive time"
        : String.format(Locale.ROOT, " (%.1f per minute)", totals.falsePerMinute().getAsDouble());
  }

  private static String warning(AlarmTotals totals) {
    String inView =
        totals.stillInView() == 0
            ? ""
            : "; %d alarmed still in view at the end".formatted(totals.stillInView());
    if (totals.warnings().isEmpty()) {
      return "none measured" + inView;
    }
    return "median %s, shortest %s before the obstacle leaves the picture%s"
        .formatted(
            words(totals.median().orElseThrow()), words(totals.shortest().orElseThrow()), inView);
  }

  private static String words(Warning warning) {
    return String.format(
        Locale.ROOT, "%d frames (%.1f s)", warning.frames(), warning.micros() / 1e6);
  }

  private String cuts() {
    return evaluation.thresholds().isEmpty()
        ? "no score: none is DETECTED"
        : evaluation.thresholds().entrySet().stream()
            .map(cut -> String.format(Locale.ROOT, "score %.3f (%d)", cut.getKey(), cut.getValue()))
            .collect(Collectors.joining(", "));
  }

  private void rowIfAny(String name, int count, String what) {
    if (count > 0) {
      row(name, count + " " + what);
    }
  }

  private void row(String name, String value) {
    table.append("%-12s%s%n".formatted(name, value));
  }
}
