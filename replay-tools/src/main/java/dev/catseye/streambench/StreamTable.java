package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictPage;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Figures of the stream as a table for people: a row per figure, a column per setting. */
public final class StreamTable {
  private static final String LEGEND =
      """
      capacity: DETECTED frames per second while a frame of every camera waits at any time; cameras
      then send a frame for each answer. Age: capture to append of the mask, DETECTED frames only.
      Everything runs on this machine: broker, service, cameras and the reader of the masks.
      """;

  private final Text text = new Text();

  private StreamTable() {}

  /** Several lines with a line end. */
  public static String of(StreamReport report) {
    StreamTable table = new StreamTable();
    table.head(report);
    table.rates(report);
    table.ages(report);
    table.costs(report);
    table.row("verdict", report, each -> each.verdict().word().name());
    table.text.line("");
    table.text.line(LEGEND.stripTrailing());
    report.figures().stream()
        .map(StreamFigures::verdict)
        .filter(verdict -> verdict.word() != Verdict.Word.PASS)
        .forEach(verdict -> table.text.line("\n" + VerdictPage.of(verdict).stripTrailing()));
    return table.text.toString();
  }

  private void head(StreamReport report) {
    StreamBenchConfig config = report.config();
    text.fact(
        "stream",
        "profile %s, %d cameras, load %s x capacity for %d s, batching %s"
            .formatted(
                config.profileName(),
                config.cameras(),
                Text.number("%.2f", config.load()),
                config.length().toSeconds(),
                config.batchings().stream()
                    .map(StreamTable::name)
                    .collect(Collectors.joining(", then "))));
    text.fact(
        "bundle", "%s (%s)".formatted(report.bundle(), report.bundleDigest().substring(0, 12)));
    text.fact("service", "JVM flags " + String.join(" ", BenchService.FLAGS));
    text.machine(report.machine(), report.loadBefore(), report.loadAfter());
    text.line("");
    row("batching", report, each -> name(each.batching()));
    row(
        "threads, frames of a run",
        report,
        each -> Integer.toString(each.batching().frames(config.batch())));
  }

  private void rates(StreamReport report) {
    row("capacity, frames/s", report, each -> Text.number("%.2f", each.capacity()));
    row("offered, frames/s", report, each -> Text.number("%.2f", each.offered()));
    row("done, frames/s", report, each -> Text.number("%.2f", each.done()));
    for (Outcome outcome : Outcome.values()) {
      if (report.figures().stream().anyMatch(each -> each.outcomes().containsKey(outcome))) {
        row(
            outcome.name(),
            report,
            each -> Long.toString(each.outcomes().getOrDefault(outcome, 0L)));
      }
    }
    row("shed, share", report, each -> Text.number("%.3f", each.shedShare()));
    row("1 - capacity/offered", report, each -> Text.number("%.3f", each.excessShare()));
  }

  private void ages(StreamReport report) {
    for (int percent : new int[] {50, 95, 99}) {
      row(
          "age p%d, ms".formatted(percent),
          report,
          each -> Text.number("%.0f", each.ageMs(percent)));
    }
    row("age mean, ms", report, each -> Text.number("%.0f", each.meanAgeMs()));
    row("1.5 mean runs + period, ms", report, each -> Text.number("%.0f", each.ageBoundMs()));
    row("mean age below that", report, each -> each.meanAgeMs() < each.ageBoundMs() ? "yes" : "no");
  }

  private void costs(StreamReport report) {
    row("run mean, ms", report, each -> Text.number("%.1f", 1e3 * each.cost().meanRunSeconds()));
    row("frames of a run, mean", report, each -> Text.number("%.2f", each.cost().meanRunFrames()));
    double[] bounds =
        report.figures().stream()
            .flatMap(each -> each.cost().runs().keySet().stream())
            .mapToDouble(Double::doubleValue)
            .distinct()
            .sorted()
            .toArray();
    Arrays.stream(bounds)
        .forEach(
            bound ->
                row(
                    "runs of %s".formatted(bucket(bound)),
                    report,
                    each -> Long.toString(each.cost().runs().getOrDefault(bound, 0L))));
    row("RSS at the end, MiB", report, each -> Text.number("%.0f", each.cost().rssMib()));
    row("RSS slope, MiB/min", report, each -> Text.number("%.2f", each.cost().rssSlope()));
    row(
        "heap allocated, KB/frame",
        report,
        each -> Text.number("%.0f", each.cost().allocatedPerFrame() / 1e3));
    row(
        "... per computed frame, KB",
        report,
        each -> Text.number("%.0f", each.cost().allocatedPerDetected() / 1e3));
  }

  /** Frames of the runs in one bucket of {@code catseye_run_frames}. */
  private static String bucket(double bound) {
    return bound <= 4 ? "%.0f".formatted(bound) : "up to %.0f".formatted(bound);
  }

  /** Name of a setting. */
  static String name(Batching batching) {
    return batching.name().toLowerCase(Locale.ROOT);
  }

  private void row(String name, StreamReport report, Function<? super StreamFigures, String> cell) {
    text.line(
        "%-28s".formatted(name)
            + report.figures().stream()
                .map(cell)
                .map("%12s"::formatted)
                .collect(Collectors.joining()));
  }
}
