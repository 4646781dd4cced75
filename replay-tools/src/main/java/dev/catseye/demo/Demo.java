package dev.catseye.demo;

import dev.catseye.alarmlevel.AlarmEvaluation;
import dev.catseye.alarmlevel.AlarmEvaluator;
import dev.catseye.alarmlevel.AlarmTable;
import dev.catseye.alarmlevel.ObstacleRule;
import dev.catseye.broker.LocalBroker;
import dev.catseye.evaluate.CountMode;
import dev.catseye.evaluate.EvaluationSettings;
import dev.catseye.evaluate.EvaluationTable;
import dev.catseye.evaluate.Fpr95Rule;
import dev.catseye.evaluate.TopicEvaluation;
import dev.catseye.evaluate.TopicEvaluator;
import dev.catseye.record.Overlays;
import dev.catseye.schemas.Topics;
import dev.catseye.send.Pace;
import dev.catseye.send.Replay;
import dev.catseye.send.ReplayReport;
import dev.catseye.send.TimePolicy;
import dev.catseye.service.Installation;
import dev.catseye.service.ServiceProcess;
import dev.catseye.source.CaptureTimes;
import dev.catseye.source.Drive;
import dev.catseye.source.Itinerary;
import dev.catseye.source.LabelFolder;
import dev.catseye.source.LabelView;
import dev.catseye.source.LostAndFound;
import dev.catseye.source.PlannedFrame;
import dev.catseye.source.Selection;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.topics.Catalogue;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictPage;
import dev.catseye.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run: a broker, the service, the drive at the pace it was recorded, and what came of it. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(20); // for the next mask
  private static final int OVERLAYS = 6;
  private static final String SERVICE_GROUP = "catseye-perceive"; // its consumer group
  private static final Topics TOPICS = Topics.withPrefix("");

  private final Installation installation;
  private final Options options;
  private final PrintWriter terminal;

  /**
   * What to run.
   *
   * @param drive in Lost &amp; Found layout, with labels and times
   * @param bundle model bundle of the service
   * @param runs folder that receives the run's own folder
   * @param frames send this many of the drive's frames; empty for all
   * @param progress whether to draw a progress bar
   */
  public record Options(
      Path drive, Path bundle, Path runs, Optional<Integer> frames, boolean progress) {}

  /**
   * What came of it.
   *
   * @param report for people
   * @param verdict of the checker
   * @param complete whether every frame was sent, and DETECTED or given up for a newer one
   */
  public record Result(String report, Verdict.Word verdict, boolean complete) {}

  /**
   * @param terminal for the bar, alarms and remarks; borrowed
   */
  public Demo(Installation installation, Options options, PrintWriter terminal) {
    this.installation = installation;
    this.options = options;
    this.terminal = terminal;
  }

  /** Runs it all; leaves no process behind, however it ends. */
  public Result run() throws IOException, InterruptedException {
    List<PlannedFrame> frames = frames();
    try (RunFolder folder =
        RunFolder.create(options.runs(), LocalDateTime.now(ZoneId.systemDefault()))) {
      terminal.println("run folder: " + folder.root());
      LocalBroker.Options broker =
          new LocalBroker.Options(
              0, Optional.empty(), false, Optional.of(folder.logs().resolve("broker.log")));
      try (LocalBroker kafka = LocalBroker.start(broker);
          Cluster cluster = Cluster.connect(ClientConfig.of(kafka.bootstrapServers()))) {
        terminal.println("broker: " + kafka.bootstrapServers());
        new Catalogue(cluster, TOPICS, Optional.empty()).create();
        Result result = drive(cluster, frames, folder);
        Files.writeString(folder.report(), result.report());
        return result;
      }
    }
  }

  private List<PlannedFrame> frames() throws IOException {
    LabelView view = LabelView.OBSTACLE;
    LabelFolder labels = LabelFolder.open(LabelFolder.usual(options.drive(), view), view);
    List<Drive> drives = LostAndFound.list(options.drive(), Selection.ALL, Optional.of(labels));
    CaptureTimes times = CaptureTimes.read(options.drive().resolve("times.csv"));
    Itinerary itinerary = new Itinerary("front", Optional.empty(), "", Duration.ofMillis(100));
    List<PlannedFrame> frames = itinerary.frames(drives, times);
    return frames.subList(0, Math.min(frames.size(), options.frames().orElse(frames.size())));
  }

  private Result drive(Cluster cluster, List<PlannedFrame> frames, RunFolder folder)
      throws IOException, InterruptedException {
    String summary;
    boolean complete;
    try (ServiceProcess service =
            ServiceProcess.start(installation, setup(cluster.config().bootstrapServers(), folder));
        ProgressBar bar = new ProgressBar(terminal, options.progress(), "replay", frames.size());
        Spectator spectator = Spectator.start(cluster.config(), TOPICS, bar::println)) {
      service.awaitReady();
      bar.println("service: ready; replaying %d frames".formatted(frames.size()));
      ReplayReport sent = replay(cluster, frames, spectator, bar);
      if (!spectator.awaitMasks(sent.frames(), PATIENCE)) {
        service.requireAlive();
        bar.println("no mask for %d s, going on without".formatted(PATIENCE.toSeconds()));
      }
      summary = summary(sent, spectator);
      complete = sent.complete() && spectator.masks() == sent.frames() && spectator.noneLost();
    } // the service is stopped: what it committed is all there will be
    return judged(cluster, folder, summary, complete);
  }

  private ServiceProcess.Setup setup(String bootstrapServers, RunFolder folder) {
    return new ServiceProcess.Setup(
        "demo",
        "live",
        options.bundle(),
        bootstrapServers,
        folder.work(),
        folder.logs().resolve("service.log"),
        List.of("-Xmx1g"),
        Map.of());
  }

  private Result judged(Cluster cluster, RunFolder folder, String summary, boolean complete)
      throws IOException, InterruptedException {
    terminal.println("evaluating and verifying");
    EvaluationSettings settings =
        new EvaluationSettings(CountMode.HISTOGRAM, Fpr95Rule.FIRST_REACHING, false);
    TopicEvaluation evaluation =
        new TopicEvaluator(cluster.config(), TOPICS, Optional.empty()).evaluate(settings);
    AlarmEvaluation alarms =
        new AlarmEvaluator(cluster.config(), TOPICS, Optional.empty())
            .evaluate(ObstacleRule.DEFAULT);
    Verdict verdict =
        new Verifier(cluster, TopicNames.withPrefix(""), SERVICE_GROUP, Set.of(), RunProfile.LIVE)
            .verify();
    int overlays = new Overlays(cluster.config(), TOPICS).write(folder.overlays(), OVERLAYS).size();
    String report =
        "%s%n%s%s%nverdict: %s%n%d overlay pictures, report and logs: %s%n"
            .formatted(
                summary,
                EvaluationTable.of(evaluation),
                AlarmTable.pooled(alarms),
                VerdictPage.of(verdict),
                overlays,
                folder.root());
    return new Result(report, verdict.word(), complete);
  }

  private ReplayReport replay(
      Cluster cluster, List<PlannedFrame> frames, Spectator spectator, ProgressBar bar)
      throws InterruptedException {
    Pace recorded = Pace.parse("recorded");
    ReplayReport report =
        new Replay(cluster, TOPICS, recorded, TimePolicy.RESTAMP, spectator::published)
            .send(frames, bar);
    report.skipped().forEach(reason -> bar.println("skipped " + reason));
    if (report.stopped()) {
      throw new InterruptedException();
    }
    return report;
  }

  private static String summary(ReplayReport sent, Spectator spectator) {
    StringBuilder summary = new StringBuilder();
    sent.lines().forEach(line -> summary.append(line).append('\n'));
    summary.append("outcomes: %s%n".formatted(spectator.outcomes()));
    summary.append("detected: %s%n".formatted(spectator.detected()));
    summary.append("alarm steps: %s%n".formatted(spectator.alarms()));
    summary.append("publish to mask visible: %s%n".formatted(spectator.latency()));
    return summary.toString();
  }
}
