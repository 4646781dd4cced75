package dev.catseye.app;

import dev.catseye.config.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The service in this JVM, on its own thread. */
final class RunningService implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Service service;
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();

  private RunningService(Service service) {
    this.service = service;
  }

  /** Starts a service with these settings, on a free port for its status pages. */
  static RunningService start(Map<String, String> values) {
    Map<String, String> all = new TreeMap<>(values);
    all.putIfAbsent("http.port", "0");
    Settings settings = Settings.of(all, Map.of());
    ServiceConfig config = ServiceConfig.from(settings, 2);
    settings.finish();
    RunningService running = new RunningService(new Service(config));
    new Thread(running::run, "service").start();
    return running;
  }

  private void run() {
    try {
      ended.complete(service.run());
    } catch (Exception e) {
      ended.completeExceptionally(e);
    }
  }

  /** Waits until the service is ready. */
  void ready() throws InterruptedException, ExecutionException {
    await(true, PATIENCE);
  }

  /** Waits until the service is not ready; the contract gives it 5 s. */
  void unready() throws InterruptedException, ExecutionException {
    await(false, Duration.ofSeconds(6));
  }

  private void await(boolean ready, Duration patience)
      throws InterruptedException, ExecutionException {
    Instant end = Instant.now().plus(patience);
    while (service.vitals().ready().holds() != ready) {
      if (ended.isDone()) {
        ended.get();
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("waited in vain: " + service.vitals().ready().reason());
      }
      Thread.sleep(50);
    }
  }

  Vitals vitals() {
    return service.vitals();
  }

  /** Waits for the end: true when it was asked for. */
  boolean end() throws InterruptedException, ExecutionException, TimeoutException {
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    service.stop();
    try {
      end();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the service did not end well", e);
    }
  }
}
