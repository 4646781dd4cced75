package dev.catseye.demo;

import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Ports;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** The service as a child process in profile live. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration START =
      Duration.ofSeconds(90); // 5 s on a quiet machine of two cores
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ChildJvm child;
  private final URI ready;

  private ServiceProcess(ChildJvm child, URI ready) {
    this.child = child;
    this.ready = ready;
  }

  /** Starts the service on a broker; it is not ready yet. */
  static ServiceProcess start(
      Installation installation, Path bundle, String bootstrapServers, RunFolder folder)
      throws IOException {
    int port = Ports.free();
    Properties settings = new Properties();
    settings.put("bundle", bundle.toAbsolutePath().toString());
    settings.put("profile", "live");
    settings.put("instance-id", "demo");
    settings.put("http.port", Integer.toString(port));
    settings.put("kafka.bootstrap.servers", bootstrapServers);
    settings.put("kafka.state.dir", folder.work().toAbsolutePath().resolve("state").toString());
    Path file = folder.work().resolve("service.properties");
    try (Writer writer = Files.newBufferedWriter(file)) {
      settings.store(writer, "settings of the demo's service");
    }
    List<String> flags =
        List.of(
            "-Xmx1g",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.io.tmpdir="
                + folder.work().toAbsolutePath(), // where ONNX Runtime unpacks itself
            "-Dcatseye.stop-on-stdin-eof=true");
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Command(
                "service",
                installation.serviceClassPath(),
                flags,
                "dev.catseye.app.Main",
                List.of("--config", file.toAbsolutePath().toString()),
                folder.logs().resolve("service.log")));
    return new ServiceProcess(
        child, URI.create("http://127.0.0.1:%d/health/ready".formatted(port)));
  }

  /**
   * Waits until the service says that it makes masks.
   *
   * @throws ToolException if it ends before that or takes too long
   */
  void awaitReady() throws InterruptedException {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    HttpRequest question = HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(2)).build();
    String answer = "no answer";
    for (long end = System.nanoTime() + START.toNanos(); System.nanoTime() < end; ) {
      requireAlive();
      try {
        var page = client.send(question, BodyHandlers.ofString());
        if (page.statusCode() == 200) {
          return;
        }
        answer = page.body().strip();
      } catch (IOException e) {
        answer = "no answer"; // not listening yet
      }
      Thread.sleep(PAUSE.toMillis());
    }
    throw new ToolException(
        "the service was not ready after %d s: %s".formatted(START.toSeconds(), answer));
  }

  /**
   * Finds out whether the service still runs.
   *
   * @throws ToolException with its last words if it does not
   */
  void requireAlive() throws InterruptedException {
    if (!child.isAlive()) {
      throw child.ended(child.await());
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
