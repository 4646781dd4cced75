package dev.catseye.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real single-node KRaft broker in this JVM, on free ports, with its data in a folder of its own.
 */
final class EmbeddedKraft implements AutoCloseable {
  private final Path folder;
  private final Properties properties;
  private final String bootstrapServers;
  private KafkaRaftServer server;

  private EmbeddedKraft(Path folder, int brokerPort, int controllerPort) {
    this.folder = folder;
    this.properties = properties(folder, brokerPort, controllerPort);
    this.bootstrapServers = "127.0.0.1:" + brokerPort;
  }

  /** Formats a new folder and starts a broker on it. */
  static EmbeddedKraft start() throws Exception {
    Path folder = Files.createTempDirectory("kraft");
    EmbeddedKraft kraft = new EmbeddedKraft(folder, freePort(), freePort());
    new Formatter()
        .setNodeId(0)
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(folder.toString())
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
    kraft.resume();
    return kraft;
  }

  /** Starts the broker on the data that it left. */
  void resume() {
    server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
    server.startup();
  }

  /** Stops the broker; its data stay. */
  void pause() {
    server.shutdown();
    server.awaitShutdown();
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  @Override
  public void close() throws IOException {
    pause();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static Properties properties(Path folder, int brokerPort, int controllerPort) {
    Properties properties = new Properties();
    List.of(
            "process.roles=broker,controller",
            "node.id=0",
            "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                .formatted(brokerPort, controllerPort),
            "advertised.listeners=PLAINTEXT://127.0.0.1:" + brokerPort,
            "controller.listener.names=CONTROLLER",
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "controller.quorum.voters=0@127.0.0.1:" + controllerPort,
            "log.dirs=" + folder,
            "offsets.topic.replication.factor=1",
            "offsets.topic.num.partitions=1",
            "transaction.state.log.replication.factor=1",
            "transaction.state.log.min.isr=1",
            "transaction.state.log.num.partitions=1",
            "share.coordinator.state.topic.replication.factor=1",
            "share.coordinator.state.topic.min.isr=1",
            "share.coordinator.state.topic.num.partitions=1",
            "group.initial.rebalance.delay.ms=0",
            "auto.create.topics.enable=false",
            "controlled.shutdown.enable=false",
            "num.network.threads=2",
            "num.io.threads=2",
            "background.threads=2",
            "log.cleaner.dedupe.buffer.size=2097152")
        .forEach(line -> properties.put(line.split("=", 2)[0], line.split("=", 2)[1]));
    return properties;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
