package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.service.Installation;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One setting measured: what it can do at most, and then how it does under the load. */
final class StreamRun {
  private static final int PICTURES = 24; // of the shipped drive, sent in turn
  private static final int PATIENCE_S = 60;

  private final Installation installation;
  private final StreamBenchConfig config;
  private final Batching batching;
  private final Consumer<String> say;

  /**
   * @param say takes lines that tell how far it is
   */
  StreamRun(
      Installation installation,
      StreamBenchConfig config,
      Batching batching,
      Consumer<String> say) {
    this.installation = installation;
    this.config = config;
    this.batching = batching;
    this.say = say;
  }

  /** Measures; leaves no process behind, however it ends. */
  StreamFigures measure() throws IOException, InterruptedException {
    List<Picture> pictures = Picture.ofDemoDrive(installation, PICTURES);
    tell("starting broker and service");
    Optional<Path> logs = config.logs().map(folder -> folder.resolve(StreamTable.name(batching)));
    try (BenchBroker broker = BenchBroker.start(config.cameras(), logs)) {
      broker.createTopics();
      return measure(broker, pictures);
    }
  }

  private StreamFigures measure(BenchBroker broker, List<Picture> pictures)
      throws InterruptedException {
    BenchService.Setup setup =
        new BenchService.Setup(
            config.profile(), config.bundle(), batching.settings(config.batch()));
    try (BenchService service = BenchService.start(installation, broker, setup)) {
      service.awaitReady();
      tell("measuring the capacity for %d s".formatted(config.saturated().toSeconds()));
      double capacity = capacity(service, pictures);
      double offered = config.load() * capacity;
      tell(
          "%.2f frames/s; now %.2f frames/s for %d s"
              .formatted(capacity, offered, config.length().toSeconds()));
      Window window = loaded(service, pictures, offered);
      tell("waiting for the last answers, then verifying");
      service.awaitAnswers(PATIENCE_S);
      return figures(service, capacity, window);
    }
  }

  private void tell(String line) {
    say.accept("batching %s: %s".formatted(StreamTable.name(batching), line));
  }

  /** Frames per second that are DETECTED while more wait at any time. */
  private double capacity(BenchService service, List<Picture> pictures)
      throws InterruptedException {
    Saturation saturation = new Saturation(config.cameras());
    service.tape().onAnswer(saturation::answered);
    double capacity;
    try (Cameras cameras = service.cameras("saturated", pictures, saturation)) {
      TimeUnit.MILLISECONDS.sleep(config.settle().toMillis());
      long before = service.tape().detected();
      MetricsPage begin = service.metrics();
      TimeUnit.MILLISECONDS.sleep(config.saturated().toMillis());
      MetricsPage end = service.metrics();
      capacity = (service.tape().detected() - before) / seconds(begin, end);
      cameras.finish();
    }
    service.tape().onAnswer(() -> {});
    service.awaitAnswers(PATIENCE_S);
    return capacity;
  }

  private static double seconds(MetricsPage begin, MetricsPage end) {
    return (end.nanos() - begin.nanos()) / 1e9;
  }

  /**
   * The time that counts.
   *
   * @param offered frames per second of all cameras
   * @param fromMicros since 1970-01-01 UTC
   * @param toMicros likewise
   * @param pages meters of the service once a second, first and last included
   */
  private record Window(double offered, long fromMicros, long toMicros, List<MetricsPage> pages) {
    double seconds() {
      return (toMicros - fromMicros) / 1e6;
    }
  }

  private Window loaded(BenchService service, List<Picture> pictures, double offered)
      throws InterruptedException {
    try (Cameras cameras = service.cameras("loaded", pictures, Beat.steady(offered))) {
      TimeUnit.MILLISECONDS.sleep(config.settle().toMillis());
      List<MetricsPage> pages = new ArrayList<>();
      pages.add(service.metrics());
      long from = nowMicros();
      long start = System.nanoTime();
      for (long second = 1; second <= config.length().toSeconds(); second++) {
        TimeUnit.NANOSECONDS.sleep(start + second * 1_000_000_000L - System.nanoTime());
        pages.add(service.metrics());
      }
      long to = nowMicros();
      cameras.finish();
      return new Window(offered, from, to, pages);
    }
  }

  private static long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  private StreamFigures figures(BenchService service, double capacity, Window window)
      throws InterruptedException {
    List<MaskTape.Answer> answers =
        service.tape().answers().stream()
            .filter(answer -> answer.capturedWithin(window.fromMicros(), window.toMicros()))
            .toList();
    Map<Outcome, Long> outcomes = new TreeMap<>();
    answers.forEach(answer -> outcomes.merge(answer.outcome(), 1L, Long::sum));
    long done =
        service.tape().answers().stream()
            .filter(answer -> answer.outcome() == Outcome.DETECTED)
            .filter(answer -> answer.appendedMillis() * 1000 >= window.fromMicros())
            .filter(answer -> answer.appendedMillis() * 1000 < window.toMicros())
            .count();
    List<Long> ages =
        answers.stream()
            .filter(answer -> answer.outcome() == Outcome.DETECTED)
            .map(MaskTape.Answer::ageMicros)
            .toList();
    return new StreamFigures(
        batching,
        capacity,
        answers.size() / window.seconds(),
        done / window.seconds(),
        config.cameras() / window.offered(),
        outcomes,
        ages,
        ServiceCost.between(window.pages()),
        service.judge());
  }
}
