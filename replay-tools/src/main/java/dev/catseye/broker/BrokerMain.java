package dev.catseye.broker;

import dev.catseye.tools.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's own process, started by {@link LocalBroker}: formats the folder when it is new,
 * starts the broker, prints {@code READY host:port}, and runs until its standard input ends or a
 * signal asks it to stop.
 */
final class BrokerMain {
  private static final Duration STOP = Duration.ofSeconds(15); // 0.3 s on a quiet machine

  private final Path folder;
  private final boolean temporary;
  private final Node node;
  private final BrokerFolder opened; // locked until this process ends
  private volatile KafkaRaftServer server; // null until it is made

  private BrokerMain(Path folder, boolean temporary, Node node) throws IOException {
    this.folder = folder;
    this.temporary = temporary;
    this.node = node;
    this.opened = BrokerFolder.open(folder);
  }

  /** Arguments: folder, whether it is removed at the end, and those of the {@link Node}. */
  public static void main(String[] args) {
    try {
      Node node = Node.of(List.of(args).subList(2, args.length));
      BrokerMain broker = new BrokerMain(Path.of(args[0]), Boolean.parseBoolean(args[1]), node);
      Runtime.getRuntime().addShutdownHook(new Thread(broker::stop, "stop-broker"));
      broker.start();
      System.out.println("READY " + node.bootstrap());
      while (System.in.read() >= 0) {
        // nothing is ever said to us: we wait for the end, which is the end of our parent
      }
      broker.haltLater();
      System.exit(0); // the hook stops the broker
    } catch (Exception e) {
      System.err.println("catseye: " + e.getMessage()); // the last words, which the parent shows
      System.exit(1);
    }
  }

  private void start() throws Exception {
    Path kafka = BrokerFolder.kafka(folder);
    boolean formerLife = FormerLife.isThere(kafka, node);
    format(kafka, node.clusterId().isEmpty() ? opened.clusterId() : node.clusterId());
    if (formerLife) {
      FormerLife.end(kafka, node);
    }
    Properties settings = BrokerSettings.of(kafka, node);
    server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
    server.startup();
  }

  /** A stop can hang, for instance on clients that are gone; nobody is left to wait for it. */
  private void haltLater() {
    Thread watchdog =
        new Thread(
            () -> {
              LockSupport.parkNanos(STOP.toNanos());
              removeFolder();
              Runtime.getRuntime().halt(1);
            },
            "halt-later");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private void format(Path kafka, String clusterId) throws Exception {
    PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    new Formatter()
        .setNodeId(node.id())
        .setClusterId(clusterId)
        .addDirectory(kafka.toString())
        .setMetadataLogDirectory(kafka.toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER)
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setIgnoreFormatted(true)
        .setPrintStream(silent)
        .run();
  }

  private void stop() {
    if (server != null) {
      server.shutdown();
      server.awaitShutdown();
    }
    removeFolder();
  }

  private void removeFolder() {
    try {
      opened.close();
      if (temporary) {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      System.err.println(
          "catseye: folder %s could not be removed: %s".formatted(folder, e.getMessage()));
    }
  }
}
