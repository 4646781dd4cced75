package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Ports;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The real service in a process of its own: profile ledger, starter bundle. */
final class ServiceProcess implements AutoCloseable {
  private static final Path LIB = Path.of("../stream-app/target/lib");
  private static final Path BUNDLE = Path.of("../onnx-models/bundles/starter");
  private static final String RUNNING = "catseye_inference_running 1.0";
  private static final Duration PATIENCE = Duration.ofSeconds(90); // a start on a busy machine

  private final ChildJvm child;
  private final ProcessHandle process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpRequest metrics;

  private ServiceProcess(ChildJvm child, int port) {
    this.child = child;
    this.process = ProcessHandle.of(child.pid()).orElseThrow();
    this.metrics =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
  }

  /**
   * Starts the service under the one instance id that all its lives have.
   *
   * @param folder of all lives: settings, log, native libraries that a kill leaves behind
   */
  static ServiceProcess start(String bootstrapServers, String topicsPrefix, Path folder)
      throws IOException {
    assertThat(LIB)
        .as("jars of stream-app; build them with: mvn -DskipTests -pl stream-app -am package")
        .isDirectory();
    int port = Ports.free();
    Properties settings = new Properties();
    settings.put("bundle", BUNDLE.toString());
    settings.put("profile", "ledger");
    settings.put("instance-id", "one");
    settings.put("topics.prefix", topicsPrefix);
    settings.put("http.port", Integer.toString(port));
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("kafka.state.dir", folder.resolve("state").toString());
    Path file = folder.resolve("service.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, "settings of one life");
    }
    List<String> flags =
        List.of(
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Djava.io.tmpdir=" + folder,
            "-Dcatseye.stop-on-stdin-eof=true",
            "-Dsun.net.httpserver.nodelay=true"); // else each answer waits 40 ms for an ACK
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Command(
                "service",
                LIB + "/*",
                flags,
                "dev.catseye.app.Main",
                List.of("--config", file.toString()),
                Map.of(),
                folder.resolve("service.log")));
    return new ServiceProcess(child, port);
  }

  /**
   * Waits until {@code count} further frames were seen to enter inference.
   *
   * @return a moment (of {@link System#nanoTime()}) at which the last of them was not yet in
   *     inference: the request was sent after it and answered that none was
   */
  long awaitInferences(int count) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long lastIdle = System.nanoTime();
    int seen = 0;
    boolean before = true; // a frame that is in inference already has no known beginning
    while (seen < count) {
      assertThat(process.isAlive()).as("service: %s", child.lastWords()).isTrue();
      assertThat(System.nanoTime()).as("no frame in inference").isLessThan(deadline);
      long asked = System.nanoTime();
      Optional<Boolean> running = inferenceRunning();
      if (running.isEmpty()) {
        Thread.sleep(50); // it does not listen yet
        continue;
      }
      lastIdle = running.get() ? lastIdle : asked;
      seen += running.get() && !before ? 1 : 0;
      before = running.get();
    }
    return lastIdle;
  }

  private Optional<Boolean> inferenceRunning() throws InterruptedException {
    try {
      HttpResponse<String> page = http.send(metrics, HttpResponse.BodyHandlers.ofString());
      return Optional.of(page.body().contains(RUNNING));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** kill -9; returns the moment after which the process did nothing more. */
  long kill() throws Exception {
    assertThat(process.isAlive()).isTrue();
    process.destroyForcibly();
    long sent = System.nanoTime();
    process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(child.await()).as("ended by SIGKILL").isEqualTo(128 + 9);
    return sent;
  }

  /** Asks it to stop (SIGTERM) and waits for its orderly end. */
  void stop() throws Exception {
    process.destroy();
    assertThat(child.await()).as("service: %s", child.lastWords()).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    child.close();
  }
}
