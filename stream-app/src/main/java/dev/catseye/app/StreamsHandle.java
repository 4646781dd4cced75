package dev.catseye.app;

import dev.catseye.fetch.FetchAhead;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running topology. */
final class StreamsHandle implements RunningTopology, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamsHandle.class);
  private static final String THREAD_METRICS = "stream-thread-metrics";

  private final Role role;
  private final KafkaStreams streams;
  private final CloseOptions closing;
  private final LongSupplier work;
  private final Progress progress;
  private final AtomicBoolean joined = new AtomicBoolean();

  private StreamsHandle(
      Role role, KafkaStreams streams, CloseOptions closing, LongSupplier work, long nowMicros) {
    this.role = role;
    this.streams = streams;
    this.closing = closing;
    this.work = work;
    this.progress = new Progress(nowMicros);
  }

  /**
   * What a topology is started with.
   *
   * @param settings for Kafka Streams, application id and threads included
   * @param instanceId part of the transactional ids
   * @param fetchAhead makes the consumers of its input; empty for Kafka's own
   * @param closing how it is closed
   * @param work records that the topology has processed so far
   * @param failed told when it cannot go on
   */
  record Start(
      Map<String, Object> settings,
      String instanceId,
      Optional<FetchAhead> fetchAhead,
      CloseOptions closing,
      LongSupplier work,
      BiConsumer<Role, Throwable> failed) {}

  /** Starts {@code topology}; returns at once. */
  static StreamsHandle start(Role role, Topology topology, Start start, long nowMicros) {
    Properties properties = new Properties();
    properties.putAll(start.settings());
    String applicationId = (String) start.settings().get(StreamsConfig.APPLICATION_ID_CONFIG);
    KafkaStreams streams =
        new KafkaStreams(
            topology,
            properties,
            new StableTransactions(applicationId, start.instanceId(), start.fetchAhead()));
    StreamsHandle handle =
        new StreamsHandle(role, streams, start.closing(), start.work(), nowMicros);
    streams.setUncaughtExceptionHandler(
        failure -> {
          start.failed().accept(role, failure);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.setStateListener(
        (now, before) -> handle.joined.compareAndSet(false, now == State.RUNNING));
    streams.start();
    return handle;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public boolean hasJoined() {
    return joined.get();
  }

  @Override
  public Progress progress(long nowMicros) {
    double rounds = 0;
    double commits = 0;
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      if (entry.getKey().group().equals(THREAD_METRICS)) {
        switch (entry.getKey().name()) {
          case "poll-total" -> rounds += (Double) entry.getValue().metricValue();
          case "commit-total" -> commits += (Double) entry.getValue().metricValue();
          default -> {}
        }
      }
    }
    progress.observe((long) rounds, (long) commits, work.getAsLong(), nowMicros);
    return progress;
  }

  /** Ends the frame in work, commits and stops; waits no longer than the frame may take. */
  @Override
  public void close() {
    if (!streams.close(closing)) {
      LOG.warn(
          "{} did not stop in time; what it had not committed will be done again", role.label());
    }
  }
}
