package dev.catseye.streambench;

import dev.catseye.schemas.Outcome;
import dev.catseye.service.Installation;
import dev.catseye.tools.ToolException;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One setting measured: what it can do at most, and then how it does under the load. */
final class StreamRun {
  private static final int AHEAD = 4; // one in work, one behind it, and some on the way
  private static final int PICTURES = 24; // of the shipped drive, sent in turn

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
    Feeding feeding =
        new Feeding(
            Picture.ofDemoDrive(installation, PICTURES), config.cameras(), AHEAD, config.settle());
    tell("starting broker and service");
    Optional<Path> logs = config.logs().map(folder -> folder.resolve(StreamTable.name(batching)));
    BenchService.Setup setup =
        new BenchService.Setup(
            config.profile(), config.bundle(), batching.settings(config.batch()));
    try (BenchBroker broker = BenchBroker.start(config.cameras(), logs);
        BenchService service = BenchService.start(installation, broker, setup)) {
      service.awaitReady();
      return measure(service, feeding);
    }
  }

  private StreamFigures measure(BenchService service, Feeding feeding) throws InterruptedException {
    tell("measuring the capacity for %d s".formatted(config.saturated().toSeconds()));
    double capacity = feeding.saturated(service, "saturated", config.saturated());
    if (!(capacity > 0)) {
      throw new ToolException(
          "no frame was DETECTED in %d s; a longer --saturated may show some"
              .formatted(config.saturated().toSeconds()));
    }
    double offered = config.load() * capacity;
    tell(
        "%.2f frames/s; now %.2f frames/s for %d s"
            .formatted(capacity, offered, config.length().toSeconds()));
    List<MetricsPage> pages = new ArrayList<>();
    Feeding.Window window =
        feeding.feed(
            service,
            "loaded",
            Beat.steady(offered),
            config.length(),
            () -> pages.add(service.metrics()));
    tell("verifying");
    List<MaskTape.Answer> answers = window.captured(service.tape());
    Map<Outcome, Long> outcomes = new TreeMap<>();
    answers.forEach(answer -> outcomes.merge(answer.outcome(), 1L, Long::sum));
    return new StreamFigures(
        batching,
        capacity,
        answers.size() / window.seconds(),
        window.detectedPerSecond(service.tape()),
        config.cameras() / offered,
        outcomes,
        answers.stream()
            .filter(answer -> answer.outcome() == Outcome.DETECTED)
            .map(MaskTape.Answer::ageMicros)
            .toList(),
        ServiceCost.between(pages),
        service.judge());
  }

  private void tell(String line) {
    say.accept("batching %s: %s".formatted(StreamTable.name(batching), line));
  }
}
