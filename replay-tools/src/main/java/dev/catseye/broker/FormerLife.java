package dev.catseye.broker;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * Ends the former life of a node that is a cluster of its own, in the controller's books: its
 * broker is counted as gone, and its partitions have no leader until the next one is up.
 *
 * <p>Without that, Kafka (4.3.1) starts the new broker as leader of everything by the old books,
 * strikes it from them a moment later, and in between takes partitions without a leader for deleted
 * ones: a transaction whose commit was decided and not yet written out then stays open for good on
 * all its topics (seen after 3 of 10 kills in the midst of a commit).
 */
final class FormerLife {
  private static final Duration PATIENCE = Duration.ofSeconds(20); // 1 s on a quiet machine
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String GONE = "kafka.controller:type=KafkaController,name=FencedBrokerCount";

  private FormerLife() {}

  /** Whether there was one in this folder that nobody else can end. */
  static boolean isThere(Path kafka, Node node) {
    return node.controllers().size() == 1 && Files.exists(kafka.resolve("meta.properties"));
  }

  /** Runs the controller alone until it has given its broker up; returns when it has stopped. */
  static void end(Path kafka, Node node) throws Exception {
    KafkaRaftServer controller =
        new KafkaRaftServer(
            new KafkaConfig(BrokerSettings.ofControllerAlone(kafka, node)), Time.SYSTEM);
    try {
      controller.startup();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!isGone() && System.nanoTime() < end) { // else it starts as it would without us
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static boolean isGone() throws Exception {
    MBeanServer meters = ManagementFactory.getPlatformMBeanServer();
    try {
      return ((Number) meters.getAttribute(new ObjectName(GONE), "Value")).intValue() > 0;
    } catch (InstanceNotFoundException e) {
      return false; // the controller is still starting
    }
  }
}
