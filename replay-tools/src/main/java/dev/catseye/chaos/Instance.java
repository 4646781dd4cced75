package dev.catseye.chaos;

import dev.catseye.service.Installation;
import dev.catseye.service.ServiceProcess;
import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One instance of the service, over all its lives: whenever a process ends, a new one is started
 * under the same name, as an orchestrator would. Thread-safe.
 */
final class Instance implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String RUNNING = "catseye_inference_running 1.0";
  private static final Pattern CLOCK_FAULTS =
      Pattern.compile("(?m)^catseye_camera_clock_faults_total\\{.*} (\\d+(?:\\.\\d+)?)$");

  /**
   * How all lives are set up.
   *
   * @param id name of the instance in records
   * @param profile {@code live} or {@code ledger}
   * @param bundle of the service
   * @param bootstrapServers how it reaches Kafka
   * @param work folder for temporary files
   * @param logs folder for one log per life
   */
  record Setup(
      String id, String profile, Path bundle, String bootstrapServers, Path work, Path logs) {}

  private final Installation installation;
  private final Setup setup;
  private final List<String> ownEnds = new ArrayList<>();
  private final Thread supervisor;
  private ServiceProcess process;
  private int lives;
  private boolean killed;
  private boolean supervised = true;

  private Instance(Installation installation, Setup setup) throws IOException {
    this.installation = installation;
    this.setup = setup;
    this.supervisor = new Thread(this::supervise, "supervisor-" + setup.id());
    this.process = nextLife();
  }

  /** Starts the first life; it is not ready yet. */
  static Instance start(Installation installation, Setup setup) throws IOException {
    Instance instance = new Instance(installation, setup);
    instance.supervisor.setDaemon(true);
    instance.supervisor.start();
    return instance;
  }

  private synchronized ServiceProcess nextLife() throws IOException {
    lives++;
    killed = false;
    Path work = setup.work().resolve(setup.id() + "-" + lives);
    Files.createDirectories(work);
    return ServiceProcess.start(
        installation,
        new ServiceProcess.Setup(
            setup.id(),
            setup.profile(),
            setup.bundle(),
            setup.bootstrapServers(),
            work,
            setup.logs().resolve("instance-%s-%d.log".formatted(setup.id(), lives)),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            // Two instances share the machine with brokers and cameras; brokers may be away.
            Map.of("CATSEYE_INFERENCE_THREADS", "1", "CATSEYE_START_TIMEOUT", "60s")));
  }

  private void supervise() {
    try {
      while (true) {
        Thread.sleep(LOOK.toMillis());
        replaceTheDead();
      }
    } catch (InterruptedException e) {
      return; // the run is over
    } catch (IOException e) {
      synchronized (this) {
        ownEnds.add("it could not be started again: " + e.getMessage());
      }
    }
  }

  private synchronized void replaceTheDead() throws IOException, InterruptedException {
    ChildJvm child = process.process();
    if (!supervised || child.isAlive()) {
      return;
    }
    if (!killed) {
      ownEnds.add("life %d: %s".formatted(lives, child.ended(child.await()).getMessage()));
    }
    Folders.delete(setup.work().resolve(setup.id() + "-" + lives));
    process = nextLife();
  }

  String id() {
    return setup.id();
  }

  /** The life that is now. */
  synchronized ServiceProcess process() {
    return process;
  }

  /** kill -9; a new life begins by itself. Returns whether there was something to kill. */
  synchronized boolean kill() throws InterruptedException {
    killed = true;
    return process.process().kill();
  }

  /**
   * Waits for a moment in which a frame is in inference.
   *
   * @return whether there was one in time
   */
  boolean awaitInference(Duration patience) throws InterruptedException {
    for (long end = System.nanoTime() + patience.toNanos(); System.nanoTime() < end; ) {
      if (process().metrics().filter(page -> page.contains(RUNNING)).isPresent()) {
        return true;
      }
      Thread.sleep(2);
    }
    return false;
  }

  /** Jumps of cameras' clocks that this life has counted; 0 when it does not answer. */
  long clockFaults() throws InterruptedException {
    Optional<String> page = process().metrics();
    if (page.isEmpty()) {
      return 0;
    }
    Matcher line = CLOCK_FAULTS.matcher(page.get());
    double sum = 0;
    while (line.find()) {
      sum += Double.parseDouble(line.group(1));
    }
    return (long) sum;
  }

  /** Processes so far. */
  synchronized int lives() {
    return lives;
  }

  /** How processes ended that nobody killed, one line each. */
  synchronized List<String> ownEnds() {
    return List.copyOf(ownEnds);
  }

  /** Asks the present life to stop, and waits; no other begins. */
  void stop() throws InterruptedException {
    endSupervision();
    process().close();
  }

  private void endSupervision() throws InterruptedException {
    synchronized (this) {
      supervised = false;
    }
    supervisor.interrupt();
    supervisor.join();
  }

  /** Ends it at once. */
  @Override
  public void close() {
    try {
      endSupervision();
      process().process().kill();
    } catch (InterruptedException e) {
      process().process().forceEnd();
      Thread.currentThread().interrupt();
    }
    process().close();
  }
}
