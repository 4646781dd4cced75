package dev.catseye.streambench;

import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictPage;

/** The service beside the client as a table for people: a row per run. */
public final class OverheadTable {
  private static final double MOST_P50_MS = 5;
  private static final double MOST_P99_MS = 40;
  private static final double LEAST_RATIO = 0.8;

  private static final String LEGEND =
      """
      Latency: from the camera's stamp, just before it publishes, to the record in the hands of a reader
      of committed records. Of the service it includes check, raw pixels to a plane, the network, regions,
      packing and the stores of a camera; "less inference" takes off the time in the network that
      each mask tells. The client parses nothing and writes noise of the size of a mask. Both have one
      thread, exactly-once, a commit every 20 ms and the profile live's settings of the clients.
      Rates: a frame for each answer, eight per camera on their way; no frame is given up
      (frame.budget = 1h). Service, client, service, client in each run; the one whose turn it is not
      idles. Percentiles of "all" are over the frames of all runs, its rates are means.
      """;

  private OverheadTable() {}

  /** Several lines with a line end. */
  public static String of(OverheadReport report) {
    Text text = new Text();
    OverheadConfig config = report.config();
    text.fact(
        "overhead",
        "%d cameras, %dx%d rgb8 (%d KB), %s frames/s each for latency, %d runs of 2 x %d s each"
            .formatted(
                config.cameras(),
                config.width(),
                config.height(),
                config.frameBytes() / 1000,
                Text.number("%.1f", config.framesPerSecond()),
                config.runs(),
                config.length().toSeconds()));
    text.fact(
        "bundle",
        "%s (%s), masks of %d bytes"
            .formatted(
                report.bundle(), report.bundleDigest().substring(0, 12), report.maskBytes()));
    text.fact(
        "service",
        "profile live, roles perceive%s".formatted(config.judge() ? " and judge" : " alone"));
    text.fact("both", "JVM flags " + String.join(" ", BenchService.FLAGS));
    text.machine(report.machine(), report.loadBefore(), report.loadAfter());
    rows(text, report);
    targets(text, report.together());
    text.line("verdict on the service: " + report.verdict().word());
    text.line("");
    text.line(LEGEND.stripTrailing());
    if (report.verdict().word() != Verdict.Word.PASS) {
      text.line("\n" + VerdictPage.of(report.verdict()).stripTrailing());
    }
    return text.toString();
  }

  private static void rows(Text text, OverheadReport report) {
    text.line("");
    text.line(
        "%-6s%18s%18s%18s%26s"
            .formatted("", "service, ms", "less inference", "client, ms", "frames/s"));
    text.line(
        "%-6s%9s%9s%9s%9s%9s%9s%10s%8s%8s"
            .formatted(
                "run", "p50", "p99", "p50", "p99", "p50", "p99", "service", "client", "ratio"));
    for (int number = 1; number <= report.runs().size(); number++) {
      row(text, Integer.toString(number), report.runs().get(number - 1));
    }
    row(text, "all", report.together());
    text.line("");
  }

  private static void row(Text text, String name, OverheadRun run) {
    text.line(
        "%-6s".formatted(name)
            + Text.number("%9.1f", run.service().ms(50))
            + Text.number("%9.1f", run.service().ms(99))
            + Text.number("%9.1f", run.service().withoutInferenceMs(50))
            + Text.number("%9.1f", run.service().withoutInferenceMs(99))
            + Text.number("%9.1f", run.client().ms(50))
            + Text.number("%9.1f", run.client().ms(99))
            + Text.number("%10.1f", run.serviceRate())
            + Text.number("%8.1f", run.clientRate())
            + Text.number("%8.2f", run.ratio()));
  }

  private static void targets(Text text, OverheadRun all) {
    difference(text, 50, MOST_P50_MS, all);
    difference(text, 99, MOST_P99_MS, all);
    text.line(
        "rate of the service over that of the client: %s, target %s or more: %s"
            .formatted(
                Text.number("%.2f", all.ratio()),
                Text.number("%.1f", LEAST_RATIO),
                met(all.ratio() >= LEAST_RATIO)));
  }

  private static void difference(Text text, int percent, double most, OverheadRun all) {
    double with = all.service().ms(percent) - all.client().ms(percent);
    double less = all.service().withoutInferenceMs(percent) - all.client().ms(percent);
    text.line(
        "p%d of the service less that of the client: %s ms, target %s or less: %s; less inference: %s ms: %s"
            .formatted(
                percent,
                Text.number("%.1f", with),
                Text.number("%.0f", most),
                met(with <= most),
                Text.number("%.1f", less),
                met(less <= most)));
  }

  private static String met(boolean held) {
    return held ? "met" : "missed";
  }
}
