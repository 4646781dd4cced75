package dev.catseye.app;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.StreamsConfig;

/** In a vehicle: what matters is the newest frame, and that another instance takes over soon. */
final class LiveProfile extends Profile {
  @Override
  Duration healthPeriod() {
    return Duration.ofMillis(100);
  }

  @Override
  boolean overdueMatters() {
    return true;
  }

  @Override
  boolean sheds() {
    return true;
  }

  @Override
  int batch(int streamThreads) {
    // All threads in one run. Were some left to decode meanwhile, their frames would wait for the
    // whole run and be older by it at the end; taken after the run they are the newest ones.
    return streamThreads;
  }

  @Override
  Duration batchWait() {
    return Duration.ofMillis(20); // below a period at 30 Hz; a thread is back sooner after a run
  }

  @Override
  Map<String, Object> own(String instanceId) {
    return Map.of(
        // A killed instance is replaced after the session: 6 s is the least a broker allows.
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000,
        // The answer to a heartbeat is how the others hear of it.
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
  }

  @Override
  CloseOptions closing(Duration timeout) {
    // Streams stays in the group unless asked: a polite close would blind for a whole session.
    return CloseOptions.timeout(timeout)
        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
  }
}
