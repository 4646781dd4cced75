package dev.catseye.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a thread of an instance is called by Kafka: its transactional id and its place in the
 * consumer group tell each other, so that anybody can see whether the owner of an open transaction
 * is still a member. The slash cannot stand in an application id, which names topics: no
 * application takes another one's transactions for its own.
 */
final class TransactionOwner {
  private static final Pattern CONSUMER = Pattern.compile("(.+)-StreamThread-(\\d+)-consumer");

  private TransactionOwner() {}

  /** Client id of an instance; Streams appends thread and purpose. */
  static String clientId(String applicationId, String instanceId) {
    return prefix(applicationId) + instanceId;
  }

  /** What the transactional ids of an application begin with, and of no other. */
  static String prefix(String applicationId) {
    return applicationId + "/";
  }

  /**
   * Transactional id of a thread: it survives a restart of the instance.
   *
   * @param streamsId Streams' own, which ends in the number of the thread: {@code -1}
   */
  static String transactionalId(String clientId, String streamsId) {
    return clientId + streamsId.substring(streamsId.lastIndexOf('-'));
  }

  /**
   * Transactional id of the thread that is this member of the group; empty if it is no thread of
   * the service.
   */
  static Optional<String> transactionalIdOfMember(String memberClientId) {
    Matcher thread = CONSUMER.matcher(memberClientId);
    return thread.matches()
        ? Optional.of(thread.group(1) + "-" + thread.group(2))
        : Optional.empty();
  }
}
