package dev.catseye.chaos;

import dev.catseye.schemas.Topics;
import dev.catseye.service.Installation;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import dev.catseye.topics.Catalogue;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import dev.catseye.verify.RawRecord;
import dev.catseye.verify.RecordedRun;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** One run: brokers, instances and cameras, a plan of faults, and the verdict. */
public final class Chaos {
  private static final String GROUP = "catseye"; // application id of the service
  private static final String BOOT = "boot-1";
  private static final int CONNECTIONS = 3; // attempts
  private static final int PICTURES = 24; // of the drive, sent in turn
  private static final Duration FIRST_ANSWERS = Duration.ofSeconds(60);
  private static final Duration AT_THE_END = Duration.ofMinutes(3);

  private final Installation installation;
  private final ChaosConfig config;
  private final PrintWriter terminal;
  private final Topics topics;
  private final Transcript transcript = new Transcript();
  private final List<Inflicted> pending = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private long startMillis;

  /**
   * @param terminal for progress; borrowed
   */
  public Chaos(Installation installation, ChaosConfig config, PrintWriter terminal) {
    this.installation = installation;
    this.config = config;
    this.terminal = terminal;
    List<String> cameras =
        IntStream.range(0, config.cameras()).mapToObj(number -> "camera-" + number).toList();
    this.topics = Topics.withPrefix("").withCameras(cameras);
  }

  /** Runs it all; leaves no process behind, however it ends. */
  public ChaosResult run() throws IOException, InterruptedException {
    List<Picture> pictures = Picture.ofDemoDrive(installation, PICTURES);
    try (ChaosFolder folder = ChaosFolder.create(config.folder());
        Brokers brokers =
            Brokers.start(config.brokers(), config.instances(), folder.work(), folder.logs());
        Cluster cluster = connect(brokers)) {
      say("brokers: " + brokers.bootstrapServers());
      new Catalogue(cluster, topics, Optional.empty()).create();
      ChaosResult result = withInstances(folder, brokers, cluster, pictures);
      Files.writeString(folder.json(), ChaosJson.of(result));
      Files.writeString(folder.page(), ChaosPage.of(result));
      return result;
    }
  }

  /** The first question to a broker can take long on a machine that starts several at once. */
  private static Cluster connect(Brokers brokers) throws InterruptedException {
    ClientConfig client = ClientConfig.of(brokers.bootstrapServers());
    for (int left = CONNECTIONS; ; left--) {
      try {
        return Cluster.connect(client);
      } catch (ToolException e) {
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  private ChaosResult withInstances(
      ChaosFolder folder, Brokers brokers, Cluster cluster, List<Picture> pictures)
      throws IOException, InterruptedException {
    try (Instances instances = startInstances(folder, brokers);
        MaskNotes notes = MaskNotes.start(cluster.config(), topics, transcript)) {
      instances.awaitReady();
      say(config.line());
      double seconds;
      Faults faults;
      try (Cameras cameras =
          Cameras.start(
              cluster.config(),
              topics,
              BOOT,
              pictures,
              Beat.steady(config.framesPerSecond() * config.cameras()),
              transcript::sent)) {
        startMillis = System.currentTimeMillis();
        Site site =
            new Site(
                brokers,
                cluster,
                instances.all(),
                cameras,
                config.period(),
                transcript,
                pictures,
                GROUP);
        faults = new Faults(site);
        seconds = unleash(faults);
        cameras.finish();
      }
      boolean answered = awaitAnswers(AT_THE_END);
      say("%d frames sent%s".formatted(transcript.sentCount(), answered ? ", all answered" : ""));
      judgePending();
      instances.stop();
      return judged(cluster, notes, instances, faults, seconds);
    }
  }

  private Instances startInstances(ChaosFolder folder, Brokers brokers) throws IOException {
    Path bundle = HangingBundle.of(installation.starterBundle(), folder.work().resolve("bundle"));
    List<Instance.Setup> setups = new ArrayList<>();
    for (int number = 0; number < config.instances(); number++) {
      setups.add(
          new Instance.Setup(
              Character.toString('a' + number),
              config.profile().name().toLowerCase(Locale.ROOT),
              bundle,
              brokers.bootstrapServers(number),
              folder.work(),
              folder.logs()));
    }
    return Instances.start(installation, setups);
  }

  /** Does one fault after the other; returns how long that took, in seconds. */
  private double unleash(Faults faults) throws IOException, InterruptedException {
    if (!transcript.awaitEveryPartition(config.cameras(), FIRST_ANSWERS.toMillis())) {
      throw new ToolException(
          "the service gave no answer to every camera within %d s, before any fault"
              .formatted(FIRST_ANSWERS.toSeconds()));
    }
    long begin = System.nanoTime();
    List<Fault> plan = config.plan().faults();
    for (int number = 0; number < plan.size() && !over(begin); number++) {
      Fault fault = plan.get(number);
      say("fault %d: %s".formatted(number + 1, fault.kind().sentence()));
      pending.add(faults.inflict(fault));
      if (!fault.calm().isZero()) {
        if (awaitAnswers(config.patience())) {
          judgePending(); // else after the next one, or at the end
        }
        TimeUnit.MILLISECONDS.sleep(fault.calm().toMillis());
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private boolean over(long beginNanos) {
    return config.length().isPresent()
        && System.nanoTime() - beginNanos > config.length().get().toNanos();
  }

  private boolean awaitAnswers(Duration patience) throws InterruptedException {
    return transcript.awaitAnswers(System.currentTimeMillis(), patience.toMillis());
  }

  private void judgePending() {
    for (Inflicted inflicted : pending) {
      Trial trial = inflicted.judged(transcript);
      trials.add(trial);
      say("  " + ChaosPage.line(trial));
    }
    pending.clear();
  }

  private ChaosResult judged(
      Cluster cluster, MaskNotes notes, Instances instances, Faults faults, double seconds)
      throws InterruptedException {
    say("verifying");
    Verifier verifier =
        new Verifier(
            cluster, TopicNames.withPrefix(""), GROUP + "-perceive", Set.of(), config.profile());
    RecordedRun run = verifier.read();
    List<RawRecord> takenBack = verifier.takenBack();
    Map<Control, Optional<Verdict>> controls = new EnumMap<>(Control.class);
    for (Control control : Control.values()) {
      controls.put(
          control,
          control
              .copy(run, takenBack, notes.sample())
              .map(copy -> copy.judge(Set.of(), config.profile())));
    }
    return new ChaosResult(
        config,
        startMillis,
        seconds,
        List.copyOf(trials),
        transcript.sentCount(),
        transcript.unanswered(Long.MAX_VALUE),
        transcript.spoiled(faults.laborious()),
        instances.lives(),
        instances.ownEnds(),
        run.judge(Set.of(), config.profile()),
        controls);
  }

  private void say(String line) {
    String time =
        startMillis == 0
            ? "       "
            : String.format(
                Locale.ROOT, "%6.1f ", (System.currentTimeMillis() - startMillis) / 1e3);
    terminal.println(time + line);
    terminal.flush();
  }
}
