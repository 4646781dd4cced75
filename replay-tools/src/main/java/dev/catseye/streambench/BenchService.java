package dev.catseye.streambench;

import dev.catseye.service.Installation;
import dev.catseye.service.ServiceProcess;
import dev.catseye.tools.ToolException;
import dev.catseye.topics.Catalogue;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.MaskWatch;
import dev.catseye.traffic.Picture;
import dev.catseye.traffic.RecordWatch;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service on a {@link BenchBroker}, and a watch on its masks. Used by one thread. */
final class BenchService implements Way, AutoCloseable {
  /** Flags of its JVM; a heap that is there from the start does not look like growth. */
  static final List<String> FLAGS =
      List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=3g");

  private static final String GROUP = "catseye-perceive"; // of the service, on frames

  private final BenchBroker broker; // borrowed
  private final RunProfile profile;
  private final ServiceProcess process;
  private final MaskTape tape = new MaskTape();
  private final RecordWatch watch;

  private BenchService(BenchBroker broker, RunProfile profile, ServiceProcess process) {
    this.broker = broker;
    this.profile = profile;
    this.process = process;
    this.watch = MaskWatch.start(broker.cluster().config(), broker.topics(), tape);
  }

  /**
   * How the service is set up.
   *
   * @param profile of the service
   * @param bundle of the service
   * @param settings further ones, by the names of environment variables
   */
  record Setup(RunProfile profile, Path bundle, Map<String, String> settings) {}

  /**
   * Makes its topics and starts it; it is not ready yet.
   *
   * @param broker borrowed
   */
  static BenchService start(Installation installation, BenchBroker broker, Setup setup)
      throws InterruptedException {
    new Catalogue(broker.cluster(), broker.topics(), Optional.empty()).create();
    ServiceProcess process =
        ServiceProcess.start(
            installation,
            new ServiceProcess.Setup(
                "bench",
                setup.profile().name().toLowerCase(Locale.ROOT),
                setup.bundle(),
                broker.cluster().config().bootstrapServers(),
                broker.work(),
                broker.logs().resolve("service.log"),
                FLAGS,
                setup.settings()));
    return new BenchService(broker, setup.profile(), process);
  }

  /** Waits until it makes masks. */
  void awaitReady() throws InterruptedException {
    process.awaitReady();
  }

  @Override
  public MaskTape tape() {
    return tape;
  }

  @Override
  public Cameras cameras(String boot, List<Picture> pictures, Beat beat) {
    return Cameras.start(
        broker.cluster().config(), broker.topics(), boot, pictures, beat, sent -> tape.sent());
  }

  @Override
  public void requireAlive() throws InterruptedException {
    process.requireAlive();
  }

  /**
   * Its meters now.
   *
   * @throws ToolException if it is gone, or does not answer
   */
  MetricsPage metrics() throws InterruptedException {
    process.requireAlive();
    String text =
        process
            .metrics()
            .orElseThrow(() -> new ToolException("the service does not show its meters"));
    return MetricsPage.read(text, System.nanoTime());
  }

  /** Stops it and judges all that was sent since the start. */
  Verdict judge() throws InterruptedException {
    process.close();
    return new Verifier(broker.cluster(), TopicNames.withPrefix(""), GROUP, Set.of(), profile)
        .verify();
  }

  @Override
  public void close() {
    process.close();
    watch.close();
  }
}
