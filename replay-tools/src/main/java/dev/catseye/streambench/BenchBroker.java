package dev.catseye.streambench;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.Folders;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A broker for one measurement, and a folder that goes with it. */
final class BenchBroker implements AutoCloseable {
  private final Path work;
  private final Path logs;
  private final LocalBroker broker;
  private final Cluster cluster;
  private final Topics topics;

  private BenchBroker(Path work, Path logs, LocalBroker broker, Cluster cluster, Topics topics) {
    this.work = work;
    this.logs = logs;
    this.broker = broker;
    this.cluster = cluster;
    this.topics = topics;
  }

  /**
   * Starts it; it has no topics yet.
   *
   * @param cameras that have a partition each
   * @param kept folder for logs, which is made; empty: they are not kept
   */
  static BenchBroker start(int cameras, Optional<Path> kept)
      throws IOException, InterruptedException {
    Path work = Files.createTempDirectory("catseye-bench-");
    try {
      Path logs = Files.createDirectories(kept.orElse(work.resolve("logs")));
      LocalBroker broker =
          LocalBroker.start(
              new LocalBroker.Options(
                  0, Optional.empty(), false, Optional.of(logs.resolve("broker.log"))));
      return new BenchBroker(work, logs, broker, connected(broker), topics(cameras));
    } catch (ToolException | IOException | InterruptedException e) {
      Folders.delete(work);
      throw e;
    }
  }

  private static Cluster connected(LocalBroker broker) throws InterruptedException {
    try {
      return Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
    } catch (ToolException | InterruptedException e) {
      broker.close();
      throw e;
    }
  }

  private static Topics topics(int cameras) {
    List<String> names =
        IntStream.range(0, cameras).mapToObj(number -> "camera-" + number).toList();
    return Topics.withPrefix("").withCameras(names);
  }

  Cluster cluster() {
    return cluster;
  }

  /** The catalogue of the service, with the cameras listed. */
  Topics topics() {
    return topics;
  }

  /** Folder for temporary files of processes. */
  Path work() {
    return work;
  }

  /** Folder for what processes print. */
  Path logs() {
    return logs;
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    broker.close();
    Folders.delete(work);
  }
}
