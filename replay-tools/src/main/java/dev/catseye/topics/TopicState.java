package dev.catseye.topics;

import dev.catseye.schemas.Topic;
import java.util.ArrayList;
import java.util.List;

/**
 * A topic as the cluster has it.
 *
 * @param partitions number of partitions
 * @param maxBytes its max.message.bytes
 * @param timestampType its message.timestamp.type
 * @param cleanupPolicy its cleanup.policy
 */
public record TopicState(int partitions, int maxBytes, String timestampType, String cleanupPolicy) {

  /**
   * What is not as {@code wanted} says and would lose records or break order; retention is the
   * operator's to choose.
   *
   * @return one line per deviation, none when all is well
   */
  List<String> deviations(Topic<?> wanted) {
    List<String> found = new ArrayList<>();
    if (partitions != wanted.partitions()) {
      found.add(
          "%s: partitions %d, expected %d"
              .formatted(wanted.name(), partitions, wanted.partitions()));
    }
    if (maxBytes < wanted.maxBytes()) {
      found.add(
          "%s: max.message.bytes %d, expected at least %d"
              .formatted(wanted.name(), maxBytes, wanted.maxBytes()));
    }
    wanted.config().forEach((key, value) -> compare(wanted.name(), key, value, found));
    return found;
  }

  private void compare(String topic, String key, String value, List<String> found) {
    String actual =
        switch (key) {
          case "message.timestamp.type" -> timestampType;
          case "cleanup.policy" -> cleanupPolicy;
          default -> value;
        };
    if (!actual.equals(value)) {
      found.add("%s: %s %s, expected %s".formatted(topic, key, actual, value));
    }
  }
}
