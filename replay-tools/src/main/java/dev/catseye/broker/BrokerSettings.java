package dev.catseye.broker;

import java.nio.file.Path;
import java.util.Properties;

/**
 * The settings of a single Kafka node that is its own controller, listens on the loopback address
 * only, and is small enough to run beside everything else on two cores.
 */
final class BrokerSettings {
  static final String CONTROLLER = "CONTROLLER"; // name of the controller's listener

  private BrokerSettings() {}

  static String bootstrap(int port) {
    return "127.0.0.1:" + port;
  }

  /**
   * Source: facts/jvm.md 2; what deviates from Kafka's defaults and why stands beside each group.
   */
  static Properties of(Path logs, int port, int controllerPort) {
    Properties settings = new Properties();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "0");
    settings.put("log.dirs", logs.toString());
    settings.put(
        "listeners",
        "PLAINTEXT://%s,CONTROLLER://%s".formatted(bootstrap(port), bootstrap(controllerPort)));
    settings.put("advertised.listeners", "PLAINTEXT://" + bootstrap(port));
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", "0@" + bootstrap(controllerPort));
    // There is one node: every internal topic has one replica, and nobody to hand leadership to.
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("controlled.shutdown.enable", "false");
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
}
