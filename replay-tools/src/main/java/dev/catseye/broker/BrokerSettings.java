package dev.catseye.broker;

import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * The settings of a Kafka node that is a controller as well, listens on the loopback address only,
 * and is small enough to run beside everything else on two cores.
 */
final class BrokerSettings {
  static final String CONTROLLER = "CONTROLLER"; // name of the controller's listener

  private BrokerSettings() {}

  static String address(int port) {
    return "127.0.0.1:" + port;
  }

  /**
   * Source: facts/jvm.md 2; what deviates from Kafka's defaults and why stands beside each group.
   */
  static Properties of(Path logs, Node node) {
    Properties settings = common(logs, node);
    settings.put("process.roles", "broker,controller");
    listeners(node, settings);
    copies(node.controllers().size(), settings);
    // A group of one need not wait for others.
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A mistyped topic is a mistake, not a new topic.
    settings.put("auto.create.topics.enable", "false");
    // Few clients: small pools.
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    return settings;
  }

  /** The same node without its broker, which the controller gives up after half a second. */
  static Properties ofControllerAlone(Path logs, Node node) {
    Properties settings = common(logs, node);
    settings.put("process.roles", "controller");
    settings.put("listeners", controllersListener(node));
    settings.put("listener.security.protocol.map", CONTROLLER + ":PLAINTEXT");
    settings.put("broker.session.timeout.ms", "500");
    settings.put("broker.heartbeat.interval.ms", "250"); // Kafka wants two in a session
    return settings;
  }

  private static Properties common(Path logs, Node node) {
    Properties settings = new Properties();
    settings.put("node.id", Integer.toString(node.id()));
    settings.put("log.dirs", logs.toString());
    settings.put("controller.listener.names", CONTROLLER);
    settings.put(
        "controller.quorum.voters",
        node.controllers().entrySet().stream()
            .map(voter -> voter.getKey() + "@" + address(voter.getValue()))
            .collect(Collectors.joining(",")));
    return settings;
  }

  private static String controllersListener(Node node) {
    return CONTROLLER + "://" + address(node.controllers().get(node.id()));
  }

  private static void listeners(Node node, Properties settings) {
    StringBuilder bound = new StringBuilder("PLAINTEXT://" + address(node.port()));
    StringBuilder advertised = new StringBuilder(bound);
    StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    for (Node.Door door : node.doors()) {
      bound.append(",%s://%s".formatted(door.name(), address(door.port())));
      advertised.append(",%s://%s".formatted(door.name(), address(door.advertised())));
      protocols.append(",%s:PLAINTEXT".formatted(door.name()));
    }
    bound.append("," + controllersListener(node));
    settings.put("listeners", bound.toString());
    settings.put("advertised.listeners", advertised.toString());
    settings.put("listener.security.protocol.map", protocols.toString());
    settings.put("inter.broker.listener.name", "PLAINTEXT");
  }

  /** Every topic has one copy per node, of three; one copy may be away. */
  private static void copies(int nodes, Properties settings) {
    String copies = Integer.toString(Math.min(3, nodes));
    String needed = Integer.toString(nodes >= 3 ? 2 : 1);
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", copies);
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("transaction.state.log.min.isr", needed);
    settings.put("share.coordinator.state.topic.min.isr", needed);
    settings.put("default.replication.factor", copies);
    settings.put("min.insync.replicas", needed);
    // Of one node nobody can take over leadership.
    settings.put("controlled.shutdown.enable", Boolean.toString(nodes > 1));
  }
}
