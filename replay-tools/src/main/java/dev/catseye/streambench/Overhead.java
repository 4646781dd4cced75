package dev.catseye.streambench;

import dev.catseye.bench.Machine;
import dev.catseye.bundle.Bundle;
import dev.catseye.schemas.Mask;
import dev.catseye.service.Installation;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Picture;
import dev.catseye.verify.RunProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Holds the service against the least that a transactional client can do, in turn, on one broker,
 * so that whatever else the machine does meets both alike. Used by one thread.
 */
public final class Overhead {
  private static final int AHEAD = 8; // enough for a poll and a commit to have several of each
  private static final int PICTURES = 4; // different ones, sent in turn

  private final Installation installation;
  private final OverheadConfig config;
  private final Consumer<String> say;
  private final Feeding feeding;

  /**
   * @param say takes a line for each phase
   */
  public Overhead(Installation installation, OverheadConfig config, Consumer<String> say) {
    this.installation = installation;
    this.config = config;
    this.say = say;
    List<Picture> pictures =
        IntStream.range(0, PICTURES)
            .mapToObj(seed -> Picture.noise(config.width(), config.height(), seed))
            .toList();
    this.feeding = new Feeding(pictures, config.cameras(), AHEAD, config.settle());
  }

  /**
   * Measures; leaves no process behind, however it ends.
   *
   * @throws dev.catseye.tools.ToolException if a process fails
   * @throws dev.catseye.bundle.ModelException if the bundle is not sound
   */
  public OverheadReport measure() throws IOException, InterruptedException {
    Bundle bundle = Bundle.open(config.bundle());
    say.accept("starting broker, service and client");
    try (BenchBroker broker = BenchBroker.start(config.cameras(), config.logs());
        BenchService service = BenchService.start(installation, broker, setup())) {
      service.awaitReady();
      int maskBytes = maskBytes(service, broker);
      try (RawClient client = RawClient.start(broker, maskBytes)) {
        client.awaitReady();
        warmUp(client);
        OptionalDouble before = Machine.load();
        List<OverheadRun> runs = new ArrayList<>();
        for (int number = 1; number <= config.runs(); number++) {
          say.accept("run %d of %d".formatted(number, config.runs()));
          runs.add(run(number, service, client));
        }
        OptionalDouble after = Machine.load();
        say.accept("verifying");
        return new OverheadReport(
            config,
            "%s %s".formatted(bundle.name(), bundle.version()),
            bundle.digest(),
            maskBytes,
            Machine.here(),
            before,
            after,
            runs,
            service.judge());
      }
    }
  }

  /** One stream thread and one frame per run, as the client has; no frame is given up. */
  private BenchService.Setup setup() {
    return new BenchService.Setup(
        RunProfile.LIVE,
        config.bundle(),
        Map.of(
            "CATSEYE_STREAM_THREADS", "1",
            "CATSEYE_INFERENCE_BATCH", "1",
            "CATSEYE_FRAME_BUDGET", "1h",
            "CATSEYE_ROLES", config.judge() ? "perceive,judge" : "perceive"));
  }

  /** Sends a while into the service, and returns the size of the masks that came. */
  private int maskBytes(BenchService service, BenchBroker broker) throws InterruptedException {
    warmUp(service);
    Mask mask = service.tape().sample().orElseThrow();
    return broker.topics().masks().serde().serializer().serialize("", mask).length;
  }

  private void warmUp(Way way) throws InterruptedException {
    feeding.saturated(way, "warm-up", config.length());
  }

  private OverheadRun run(int number, BenchService service, RawClient client)
      throws InterruptedException {
    Passes ofService = latency(number, service);
    Passes ofClient = latency(number, client);
    String boot = "rate-" + number;
    return new OverheadRun(
        ofService,
        ofClient,
        feeding.saturated(service, boot, config.length()),
        feeding.saturated(client, boot, config.length()));
  }

  private Passes latency(int number, Way way) throws InterruptedException {
    Beat beat = Beat.steady(config.cameras() * config.framesPerSecond());
    Feeding.Window window =
        feeding.feed(way, "latency-" + number, beat, config.length(), way::requireAlive);
    return Passes.of(window.captured(way.tape()));
  }
}
