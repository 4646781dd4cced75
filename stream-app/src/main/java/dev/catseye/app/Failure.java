package dev.catseye.app;

import dev.catseye.perceive.SickMachineException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Says in one line why a topology stopped. */
final class Failure {
  private static final int MOST_CAUSES = 20;

  /** How Kafka Streams names the topic that refused a record. */
  private static final Pattern TOPIC = Pattern.compile("sending record to topic (\\S+)");

  private Failure() {}

  /**
   * The cause that matters: ours if there is one, else the innermost, with the topic that refused a
   * record if one did.
   */
  static String line(Role role, Throwable thrown) {
    String stopped = role.label() + " stopped: ";
    Optional<String> topic = Optional.empty();
    Throwable cause = thrown;
    for (int depth = 0; depth < MOST_CAUSES; depth++) {
      if (cause instanceof SickMachineException) {
        return stopped + cause.getMessage();
      }
      if (topic.isEmpty()) {
        topic = topicIn(cause);
      }
      if (cause.getCause() == null) {
        break;
      }
      cause = cause.getCause();
    }
    String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
    boolean tooLarge = cause instanceof RecordTooLargeException;
    return stopped + topic.map(name -> refusal(name, tooLarge)).orElse("") + why;
  }

  private static String refusal(String topic, boolean tooLarge) {
    String mend = tooLarge ? ", mend its max.message.bytes (catseye topics check)" : "";
    return "topic %s refused a record; nothing of its frame is committed%s: "
        .formatted(topic, mend);
  }

  private static Optional<String> topicIn(Throwable cause) {
    Matcher matcher = TOPIC.matcher(Objects.requireNonNullElse(cause.getMessage(), ""));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
