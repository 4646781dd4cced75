package dev.catseye.app;

/**
 * Sets how much is logged, before the first logger is made. What Kafka writes about failures that
 * we report ourselves in one line comes back at debug.
 */
final class LogLevel {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private LogLevel() {}

  static void set(String level) {
    System.setProperty(PREFIX + "defaultLogLevel", level);
    if (level.equals("debug")) {
      System.setProperty(PREFIX + "log.org.apache.kafka", "info");
      System.setProperty(PREFIX + "log.org.apache.kafka.streams.processor.internals", "info");
      System.setProperty(PREFIX + "log.org.apache.kafka.clients.NetworkClient", "info");
    }
  }
}
