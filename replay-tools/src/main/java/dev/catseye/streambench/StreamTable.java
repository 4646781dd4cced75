package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictPage;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalDouble;
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

  private final StringBuilder text = new StringBuilder();

  private StreamTable() {}

  /** Several lines with a line end. */
  public static String of(StreamReport report) {
    StreamTable table = new StreamTable();
    table.head(report);
    table.rates(report);
    table.ages(report);
    table.costs(report);
    table.row("verdict", report, each -> each.verdict().word().name());
    table.line("");
    table.line(LEGEND.stripTrailing());
    report.figures().stream()
        .map(StreamFigures::verdict)
        .filter(verdict -> verdict.word() != Verdict.Word.PASS)
        .forEach(verdict -> table.text.append('\n').append(VerdictPage.of(verdict)));
    return table.text.toString();
  }

  private void head(StreamReport report) {
    StreamBenchConfig config = report.config();
    fact(
        "stream",
        "profile %s, %d cameras, load %s x capacity for %d s, batching %s"
            .formatted(
                config.profileName(),
                config.cameras(),
                number("%.2f", config.load()),
                config.length().toSeconds(),
                config.batchings().stream()
                    .map(StreamTable::name)
                    .collect(Collectors.joining(", then "))));
    fact("bundle", "%s (%s)".formatted(report.bundle(), report.bundleDigest().substring(0, 12)));
    fact("service", "JVM flags " + String.join(" ", BenchService.FLAGS));
    fact(
        "device",
        "%s, %d cores, %s"
            .formatted(
                report.machine().processor(),
                report.machine().cores(),
                String.join(" ", report.machine().flags())));
    fact(
        "load",
        "%s before, %s after".formatted(told(report.loadBefore()), told(report.loadAfter())));
    line("");
    row("batching", report, each -> name(each.batching()));
    row(
        "threads, frames of a run",
        report,
        each -> Integer.toString(each.batching().frames(config.batch())));
  }

  private void rates(StreamReport report) {
    row("capacity, frames/s", report, each -> number("%.2f", each.capacity()));
    row("offered, frames/s", report, each -> number("%.2f", each.offered()));
    row("done, frames/s", report, each -> number("%.2f", each.done()));
    for (Outcome outcome : Outcome.values()) {
      if (report.figures().stream().anyMatch(each -> each.outcomes().containsKey(outcome))) {
        row(
            outcome.name(),
            report,
            each -> Long.toString(each.outcomes().getOrDefault(outcome, 0L)));
      }
    }
    row("shed, share", report, each -> number("%.3f", each.shedShare()));
    row("1 - capacity/offered", report, each -> number("%.3f", each.excessShare()));
  }

  private void ages(StreamReport report) {
    for (int percent : new int[] {50, 95, 99}) {
      row("age p%d, ms".formatted(percent), report, each -> number("%.0f", each.ageMs(percent)));
    }
    row("age mean, ms", report, each -> number("%.0f", each.meanAgeMs()));
    row("1.5 mean runs + period, ms", report, each -> number("%.0f", each.ageBoundMs()));
    row("mean age below that", report, each -> each.meanAgeMs() < each.ageBoundMs() ? "yes" : "no");
  }

  private void costs(StreamReport report) {
    row("run mean, ms", report, each -> number("%.1f", 1e3 * each.cost().meanRunSeconds()));
    row("frames of a run, mean", report, each -> number("%.2f", each.cost().meanRunFrames()));
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
    row("RSS at the end, MiB", report, each -> number("%.0f", each.cost().rssMib()));
    row("RSS slope, MiB/min", report, each -> number("%.2f", each.cost().rssSlope()));
    row(
        "heap allocated, KB/frame",
        report,
        each -> number("%.0f", each.cost().allocatedPerFrame() / 1e3));
    row(
        "... per computed frame, KB",
        report,
        each -> number("%.0f", each.cost().allocatedPerDetected() / 1e3));
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
    line(
        "%-28s".formatted(name)
            + report.figures().stream()
                .map(cell)
                .map("%12s"::formatted)
                .collect(Collectors.joining()));
  }

  private void fact(String name, String value) {
    line("%-10s%s".formatted(name, value));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String told(OptionalDouble load) {
    return load.isPresent() ? number("%.1f", load.getAsDouble()) : "not told";
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
