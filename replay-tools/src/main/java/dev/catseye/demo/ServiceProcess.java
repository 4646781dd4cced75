package dev.catseye.demo;

import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Ports;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service as a child process in profile live. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90); // 5 s on two quiet cores
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ChildJvm child;
  private final URI ready;

  private ServiceProcess(ChildJvm child, URI ready) {
    this.child = child;
    this.ready = ready;
  }

  /** Starts the service on a broker; it is not ready yet. */
  static ServiceProcess start(
      Installation installation, Path bundle, String bootstrapServers, RunFolder folder) {
    int port = Ports.free();
    Path work = folder.work().toAbsolutePath();
    Map<String, String> settings = new HashMap<>();
    settings.put("CATSEYE_BUNDLE", bundle.toAbsolutePath().toString());
    settings.put("CATSEYE_PROFILE", "live");
    settings.put("CATSEYE_INSTANCE_ID", "demo");
    settings.put("CATSEYE_HTTP_PORT", Integer.toString(port));
    settings.put("CATSEYE_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    settings.put("CATSEYE_KAFKA_STATE_DIR", work.resolve("state").toString());
    List<String> flags =
        List.of(
            "-Xmx1g",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.io.tmpdir=" + work, // where ONNX Runtime unpacks itself
            "-Dcatseye.stop-on-stdin-eof=true");
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Command(
                "service",
                installation.serviceClassPath(),
                flags,
                "dev.catseye.app.Main",
                List.of(),
                settings,
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
