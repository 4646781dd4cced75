package dev.catseye.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, to be killed. */
final class ChildService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path settings;
  private final Path log;
  private final int port;
  private Process process;

  ChildService(Map<String, String> values, Path folder) throws IOException {
    this.port = freePort();
    this.settings = folder.resolve("service.properties");
    this.log = folder.resolve("service.log");
    Properties properties = new Properties();
    properties.putAll(values);
    properties.put("http.port", Integer.toString(port));
    try (var out = Files.newOutputStream(settings)) {
      properties.store(out, null);
    }
  }

  /** Starts the process and waits until it is ready. */
  void start() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss2m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--config",
            settings.toString());
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    await("/health/ready", "ready");
  }

  /** Waits until a page says {@code text}. */
  void await(String page, String text) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!page(page).orElse("").contains(text)) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        throw new AssertionError(
            page
                + " never said '"
                + text
                + "' but "
                + page(page)
                + "; log:\n"
                + Files.readString(log));
      }
      Thread.sleep(10);
    }
  }

  private Optional<String> page(String page) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page)).build();
    try {
      return Optional.of(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the service did not stop");
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
