package dev.catseye.service;

import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Ports;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One life of the service as a child process. Thread-safe. */
public final class ServiceProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(3); // 5 s on two quiet cores
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final ChildJvm child;
  private final URI pages;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private ServiceProcess(ChildJvm child, URI pages) {
    this.child = child;
    this.pages = pages;
  }

  /**
   * How the service is set up.
   *
   * @param instanceId name of the process in records
   * @param profile {@code live} or {@code ledger}
   * @param bundle model bundle
   * @param bootstrapServers how it reaches Kafka
   * @param work folder for its temporary files, of which a kill leaves some behind
   * @param log file that receives what it prints; overwritten
   * @param flags flags of its JVM, for instance {@code -Xmx1g}
   * @param more further settings, by the names of environment variables
   */
  public record Setup(
      String instanceId,
      String profile,
      Path bundle,
      String bootstrapServers,
      Path work,
      Path log,
      List<String> flags,
      Map<String, String> more) {}

  /** Starts the service; it is not ready yet. */
  public static ServiceProcess start(Installation installation, Setup setup) {
    int port = Ports.free();
    Path work = setup.work().toAbsolutePath();
    Map<String, String> settings = new HashMap<>(setup.more());
    settings.put("CATSEYE_BUNDLE", setup.bundle().toAbsolutePath().toString());
    settings.put("CATSEYE_PROFILE", setup.profile());
    settings.put("CATSEYE_INSTANCE_ID", setup.instanceId());
    settings.put("CATSEYE_HTTP_PORT", Integer.toString(port));
    settings.put("CATSEYE_KAFKA_BOOTSTRAP_SERVERS", setup.bootstrapServers());
    settings.put("CATSEYE_KAFKA_STATE_DIR", work.resolve("state").toString());
    List<String> flags = new ArrayList<>(setup.flags());
    flags.add("-XX:+ExitOnOutOfMemoryError");
    flags.add("-Djava.io.tmpdir=" + work); // where ONNX Runtime unpacks itself
    flags.add("-Dcatseye.stop-on-stdin-eof=true");
    flags.add("-Dsun.net.httpserver.nodelay=true"); // else each answer waits 40 ms for an ACK
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Command(
                "service",
                List.of(),
                installation.serviceClassPath(),
                flags,
                "dev.catseye.app.Main",
                List.of(),
                settings,
                setup.log()));
    return new ServiceProcess(child, URI.create("http://127.0.0.1:%d/".formatted(port)));
  }

  /**
   * Waits until the service says that it makes masks.
   *
   * @throws ToolException if it ends before that or takes too long
   */
  public void awaitReady() throws InterruptedException {
    Optional<HttpResponse<String>> answer = Optional.empty();
    for (long end = System.nanoTime() + START.toNanos(); System.nanoTime() < end; ) {
      requireAlive();
      answer = page("health/ready");
      if (answer.isPresent() && answer.get().statusCode() == 200) {
        return;
      }
      Thread.sleep(PAUSE.toMillis());
    }
    throw new ToolException(
        "the service was not ready after %d s: %s"
            .formatted(
                START.toSeconds(),
                answer.map(HttpResponse::body).map(String::strip).orElse("no answer")));
  }

  /** Its meters as Prometheus text; empty when it does not answer. */
  public Optional<String> metrics() throws InterruptedException {
    return page("metrics").map(HttpResponse::body);
  }

  private Optional<HttpResponse<String>> page(String path) throws InterruptedException {
    HttpRequest question =
        HttpRequest.newBuilder(pages.resolve(path)).timeout(Duration.ofSeconds(2)).build();
    try {
      return Optional.of(client.send(question, BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty(); // not listening yet, or no longer
    }
  }

  /**
   * Finds out whether the service still runs.
   *
   * @throws ToolException with its last words if it does not
   */
  public void requireAlive() throws InterruptedException {
    if (!child.isAlive()) {
      throw child.ended(child.await());
    }
  }

  /** The process itself, for whoever wants to do it harm. */
  public ChildJvm process() {
    return child;
  }

  /** Asks it to stop, and waits. */
  @Override
  public void close() {
    child.close();
  }
}
