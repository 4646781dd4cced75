package dev.catseye.broker;

import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Folders;
import dev.catseye.tools.Ports;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Kafka broker in a process of its own, on the loopback address. It ends when it is closed,
 * and also when this process dies in any way.
 */
public final class LocalBroker implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2); // 3 s, or 55 s on 2 cores at load 17
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m");

  private final Path folder;
  private final boolean temporary;
  private final ChildJvm child;
  private final String bootstrapServers;

  private LocalBroker(Path folder, boolean temporary, ChildJvm child, String bootstrapServers) {
    this.folder = folder;
    this.temporary = temporary;
    this.child = child;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * How to start a broker.
   *
   * @param port TCP port to listen on; 0 for any free one
   * @param folder where topics live, and stay; empty for a temporary folder, removed at the end
   * @param keep keep a temporary folder, too
   * @param log file that receives what the broker prints; empty for {@code broker.log} in its
   *     folder
   */
  public record Options(int port, Optional<Path> folder, boolean keep, Optional<Path> log) {
    /** A broker on any free port that leaves nothing behind. */
    public static final Options TEMPORARY =
        new Options(0, Optional.empty(), false, Optional.empty());
  }

  /** A broker on any free port that leaves nothing behind. */
  public static LocalBroker start() throws IOException, InterruptedException {
    return start(Options.TEMPORARY);
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @throws ToolException if the port or the folder is taken, or the broker does not come up within
   *     two minutes
   */
  public static LocalBroker start(Options options) throws IOException, InterruptedException {
    if (options.port() != 0) {
      Ports.requireFree(options.port());
      return start(options, Node.alone(options.port()));
    }
    try {
      return start(options, Node.alone(Ports.free()));
    } catch (ToolException e) {
      if (!e.getMessage().contains("failed to bind")) {
        throw e;
      }
      return start(options, Node.alone(Ports.free())); // the port was taken since we looked
    }
  }

  private static LocalBroker start(Options options, Node node)
      throws IOException, InterruptedException {
    boolean temporary = options.folder().isEmpty() && !options.keep();
    Path folder = prepared(options.folder());
    ChildJvm child = launch(options, node, folder, temporary, List.of());
    try {
      return new LocalBroker(folder, temporary, child, child.awaitReady(START));
    } catch (ToolException | InterruptedException e) {
      child.close();
      if (temporary) {
        Folders.delete(folder);
      }
      throw e;
    }
  }

  private static ChildJvm launch(
      Options options, Node node, Path folder, boolean temporary, List<String> entry) {
    List<String> arguments = new ArrayList<>();
    arguments.add(folder.toAbsolutePath().toString());
    arguments.add(Boolean.toString(temporary));
    arguments.addAll(node.arguments());
    return ChildJvm.start(
        new ChildJvm.Command(
            "broker",
            entry,
            System.getProperty("java.class.path"),
            FLAGS,
            BrokerMain.class.getName(),
            arguments,
            Map.of(),
            options.log().orElse(BrokerFolder.log(folder))));
  }

  /**
   * Starts the nodes of a cluster together, each in a folder of its own below {@code parent}, which
   * stays.
   *
   * @param logs folder for what they print
   * @param entry words before the command lines, see {@link ChildJvm.Command}
   * @throws ToolException if one of them does not come up within two minutes
   */
  public static List<LocalBroker> startCluster(
      List<Node> nodes, Path parent, Path logs, List<String> entry)
      throws IOException, InterruptedException {
    List<LocalBroker> started = new ArrayList<>();
    try {
      for (Node node : nodes) {
        Path log = logs.resolve("broker-%d.log".formatted(node.id()));
        started.add(launchNode(node, parent, log, entry));
      }
      for (LocalBroker broker : started) {
        broker.process().awaitReady(START);
      }
      return started;
    } catch (IOException | ToolException | InterruptedException e) {
      started.forEach(LocalBroker::close);
      throw e;
    }
  }

  /**
   * Starts a node again that ended, where it was; returns when it answers.
   *
   * @param parent folder that holds the folders of all nodes
   * @param entry as when it was started first
   * @throws ToolException if it does not come up within two minutes
   */
  public static LocalBroker restart(Node node, Path parent, Path log, List<String> entry)
      throws IOException, InterruptedException {
    LocalBroker broker = launchNode(node, parent, log, entry);
    try {
      broker.process().awaitReady(START);
      return broker;
    } catch (ToolException | InterruptedException e) {
      broker.close();
      throw e;
    }
  }

  /** Where a node of a cluster keeps its topics. */
  public static Path topics(Node node, Path parent) {
    return BrokerFolder.kafka(folder(node, parent));
  }

  private static Path folder(Node node, Path parent) {
    return parent.resolve("node-" + node.id());
  }

  private static LocalBroker launchNode(Node node, Path parent, Path log, List<String> entry)
      throws IOException {
    Path folder = prepared(Optional.of(folder(node, parent)));
    Options options = new Options(node.port(), Optional.of(folder), true, Optional.of(log));
    ChildJvm child = launch(options, node, folder, false, entry);
    return new LocalBroker(folder, false, child, node.bootstrap());
  }

  private static Path prepared(Optional<Path> named) throws IOException {
    if (named.isEmpty()) {
      return Files.createTempDirectory("catseye-broker-");
    }
    // The child opens it again; here so that its refusal comes before a log is touched.
    BrokerFolder.open(named.get()).close();
    return named.get();
  }

  /** {@code host:port}, as Kafka clients take it. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the topics are. */
  public Path folder() {
    return folder;
  }

  /** The process of the broker. */
  public ChildJvm process() {
    return child;
  }

  /** Stops the broker and removes its folder if that is temporary. */
  @Override
  public void close() {
    child.close();
    if (temporary) {
      try {
        Folders.delete(folder);
      } catch (IOException e) {
        throw new ToolException(
            "folder %s could not be removed: %s".formatted(folder, e.getMessage()), e);
      }
    }
  }
}
