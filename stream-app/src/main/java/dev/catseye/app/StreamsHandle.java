package dev.catseye.app;

import dev.catseye.fetch.FetchAhead;
import java.util.HashMap;
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
  private static final String THREAD_TAG = "thread-id";
  private static final String FETCH_METRICS = "consumer-fetch-manager-metrics";
  private static final String CLIENT_TAG = "client-id";

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
   * @param settings for Kafka Streams; application id, client id and threads included
   * @param fetchAhead makes the consumers of its input; empty for Kafka's own
   * @param closing how it is closed
   * @param work records that the topology has processed so far
   * @param failed told when it cannot go on
   */
  record Start(
      Map<String, Object> settings,
      Optional<FetchAhead> fetchAhead,
      CloseOptions closing,
      LongSupplier work,
      BiConsumer<Role, Throwable> failed) {}

  /** Starts {@code topology}; returns at once. */
  static StreamsHandle start(Role role, Topology topology, Start start, long nowMicros) {
    Properties properties = new Properties();
    properties.putAll(start.settings());
    String clientId = (String) start.settings().get(StreamsConfig.CLIENT_ID_CONFIG);
    KafkaStreams streams =
        new KafkaStreams(
            topology, properties, new StableTransactions(clientId, start.fetchAhead()));
    StreamsHandle handle =
        new StreamsHandle(role, streams, start.closing(), start.work(), nowMicros);
    streams.setUncaughtExceptionHandler(
        failure -> {
          start.failed().accept(role, failure);
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    streams.start();
    return handle;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public boolean hasJoined() {
    if (!joined.get() && streams.state() == State.RUNNING && hasTasks()) {
      joined.set(true);
    }
    return joined.get();
  }

  private boolean hasTasks() {
    return streams.metadataForLocalThreads().stream()
        .anyMatch(thread -> !thread.activeTasks().isEmpty());
  }

  @Override
  public Progress progress(long nowMicros) {
    Map<String, Long> polls = new HashMap<>();
    double commits = 0;
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      if (entry.getKey().group().equals(THREAD_METRICS)) {
        switch (entry.getKey().name()) {
          case "poll-total" ->
              polls.merge(
                  entry.getKey().tags().get(THREAD_TAG),
                  ((Double) entry.getValue().metricValue()).longValue(),
                  Long::sum);
          case "commit-total" -> commits += (Double) entry.getValue().metricValue();
          default -> {}
        }
      }
    }
    progress.observe(polls, (long) commits, work.getAsLong(), nowMicros);
    return progress;
  }

  @Override
  public double lag() {
    double lag = 0;
    for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
      MetricName name = entry.getKey();
      if (name.group().equals(FETCH_METRICS)
          && name.name().equals("records-lag")
          && !name.tags().getOrDefault(CLIENT_TAG, "").contains("restore")) {
        double partition = (Double) entry.getValue().metricValue();
        lag += Double.isNaN(partition) ? 0 : partition; // not a number before the first fetch
      }
    }
    return lag;
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
