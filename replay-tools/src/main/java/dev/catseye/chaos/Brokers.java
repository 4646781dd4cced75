package dev.catseye.chaos;

import dev.catseye.broker.LocalBroker;
import dev.catseye.broker.Node;
import dev.catseye.tools.ChildJvm;
import dev.catseye.tools.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The brokers of a run, with a door for each instance that leads through proxies of its own. Used
 * by one thread.
 */
final class Brokers implements AutoCloseable {
  private final Path folder;
  private final Path logs;
  private final List<Node> nodes;
  private final List<List<TcpProxy>> proxies; // by instance, then by node
  private final Optional<SmallDisks> disks; // empty where the system does not allow them
  private final List<LocalBroker> running;
  private int restarts;

  private Brokers(
      Path folder,
      Path logs,
      List<Node> nodes,
      List<List<TcpProxy>> proxies,
      Optional<SmallDisks> disks,
      List<LocalBroker> running) {
    this.folder = folder;
    this.logs = logs;
    this.nodes = nodes;
    this.proxies = proxies;
    this.disks = disks;
    this.running = running;
  }

  /**
   * Starts them and waits until they answer.
   *
   * @param folder for their files
   * @param doors number of instances
   */
  static Brokers start(int count, int doors, Path folder, Path logs)
      throws IOException, InterruptedException {
    List<Node> plain = Node.cluster(count);
    List<List<TcpProxy>> proxies = new ArrayList<>();
    List<List<Node.Door>> ways = new ArrayList<>();
    plain.forEach(any -> ways.add(new ArrayList<>()));
    for (int door = 0; door < doors; door++) {
      List<TcpProxy> own = new ArrayList<>();
      for (int node = 0; node < count; node++) {
        int port = Ports.free();
        TcpProxy proxy = TcpProxy.to(port);
        own.add(proxy);
        ways.get(node).add(new Node.Door("DOOR" + (char) ('A' + door), port, proxy.port()));
      }
      proxies.add(own);
    }
    List<Node> nodes = new ArrayList<>();
    plain.forEach(node -> nodes.add(node.withDoors(ways.get(node.id()))));
    Optional<SmallDisks> disks =
        SmallDisks.mount(nodes.stream().map(node -> LocalBroker.topics(node, folder)).toList());
    try {
      List<LocalBroker> running = LocalBroker.startCluster(nodes, folder, logs, entry(disks));
      return new Brokers(folder, logs, nodes, proxies, disks, new ArrayList<>(running));
    } catch (IOException | RuntimeException | InterruptedException e) {
      disks.ifPresent(SmallDisks::close);
      throw e;
    }
  }

  private static List<String> entry(Optional<SmallDisks> disks) {
    return disks.map(SmallDisks::entry).orElse(List.of());
  }

  /** Takes all room for further bytes from a broker, until it is restarted; whether it did. */
  boolean fillDisk(int broker) throws InterruptedException {
    return disks.isPresent() ? disks.get().fill(broker) : FileSizeLimit.set(process(broker).pid());
  }

  /** What a broker meets whose disk is filled. */
  String shortage() {
    return disks.isPresent() ? "its file system is full (ENOSPC)" : "its files are bounded (EFBIG)";
  }

  /** How tools reach them. */
  String bootstrapServers() {
    return nodes.stream().map(Node::bootstrap).collect(Collectors.joining(","));
  }

  /** How an instance reaches them, through its door. */
  String bootstrapServers(int instance) {
    return proxies.get(instance).stream()
        .map(proxy -> "127.0.0.1:" + proxy.port())
        .collect(Collectors.joining(","));
  }

  /** What stands between an instance and the brokers. */
  List<TcpProxy> door(int instance) {
    return proxies.get(instance);
  }

  int count() {
    return nodes.size();
  }

  /** The process of a broker. */
  ChildJvm process(int broker) {
    return running.get(broker).process();
  }

  /** Starts a broker again that has ended, where it was; returns when it answers. */
  void restart(int broker) throws IOException, InterruptedException {
    restarts++;
    Path log = logs.resolve("broker-%d-again-%d.log".formatted(broker, restarts));
    if (disks.isPresent()) {
      disks.get().clear(broker);
    }
    running.set(broker, LocalBroker.restart(nodes.get(broker), folder, log, entry(disks)));
  }

  /** Times that one was started again. */
  int restarts() {
    return restarts;
  }

  /** Ends them at once, and their proxies. */
  @Override
  public void close() {
    for (LocalBroker broker : running) {
      broker.process().forceEnd();
    }
    running.forEach(LocalBroker::close);
    disks.ifPresent(SmallDisks::close);
    proxies.forEach(door -> door.forEach(TcpProxy::close));
  }
}
