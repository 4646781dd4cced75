package dev.catseye.app;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.StreamsConfig;

/** In a fleet: recorded drives, every frame counts and none is in a hurry. */
final class LedgerProfile extends Profile {
  @Override
  Duration healthPeriod() {
    return Duration.ofSeconds(1);
  }

  @Override
  boolean overdueMatters() {
    return false; // recorded frames are old
  }

  @Override
  boolean sheds() {
    return false;
  }

  @Override
  int batch(int streamThreads) {
    return (streamThreads + 1) / 2; // the other half decodes the next batch meanwhile
  }

  @Override
  Duration batchWait() {
    return Duration.ofMillis(100); // above the 70 ms that a PNG of 2048x1024 takes to decode
  }

  @Override
  Map<String, Object> own(String instanceId) {
    return Map.of(
        // Static membership: a restart within the session takes its partitions back, nothing moves.
        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceId,
        // Patient: a busy machine must not look like a dead one.
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 45_000,
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
  }

  @Override
  CloseOptions closing(Duration timeout) {
    return CloseOptions.timeout(timeout)
        .withGroupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP);
  }
}
