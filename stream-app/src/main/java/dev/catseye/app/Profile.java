package dev.catseye.app;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;

/** How Kafka Streams is set up for one way of use. Here what both profiles share. */
abstract sealed class Profile permits LiveProfile, LedgerProfile {
  private static final int MIB = 1 << 20;
  private static final int RECORDS_AHEAD = 64; // per fetch; bytes limit it before that

  /** Default time between two health records of a camera. */
  abstract Duration healthPeriod();

  /** Whether a mask that comes late keeps its camera from being OK. */
  abstract boolean overdueMatters();

  /** Whether a frame may be given up for a newer one of its camera. */
  abstract boolean sheds();

  /** Default for the most frames of one run, where so many threads hand them in. */
  abstract int batch(int streamThreads);

  /** Default time that a frame waits for others on their way to the same run. */
  abstract Duration batchWait();

  /** What the profile adds for one instance. */
  abstract Map<String, Object> own(String instanceId);

  /** How a topology is closed. */
  abstract CloseOptions closing(Duration timeout);

  /** All settings of perceive, whose records are few, large and slow. */
  final Map<String, Object> perceive(String instanceId, Limits limits) {
    Map<String, Object> settings = shared(limits);
    // One frame at a time: what is fetched but not worked on would only grow old and fill the heap.
    // Where newer frames count, the consumer looks ahead and still hands over one at a time.
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        sheds() ? RECORDS_AHEAD : 1);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 1);
    settings.putAll(own(instanceId));
    return settings;
  }

  /** All settings of judge, which is quick and must see the clock often. */
  final Map<String, Object> judge(String instanceId, Limits limits) {
    Map<String, Object> settings = shared(limits);
    // A poll on a silent topic must not keep the clock from being looked at: blindness counts in
    // ms.
    settings.put(StreamsConfig.POLL_MS_CONFIG, 20);
    // Masks are up to half a megabyte each; Streams' default of 1000 records would fill the heap.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 16);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 16);
    settings.putAll(own(instanceId));
    return settings;
  }

  /** Names of all settings that the profile makes, without the prefix of a client. */
  final Set<String> names() {
    Limits any = new Limits(Duration.ofSeconds(1), 1);
    Set<String> names = new TreeSet<>(perceive("any", any).keySet());
    names.addAll(judge("any", any).keySet());
    return names.stream()
        .map(name -> name.replaceFirst("^(consumer|producer)\\.", ""))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, Object> shared(Limits limits) {
    Map<String, Object> settings = new HashMap<>();
    // Exactly one outcome per frame, whatever is killed when.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // Output is visible at commit; 5 ms gained nothing over 20 in our measurement.
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 20);
    // Streams waits 100 ms for a batch unless told otherwise.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 0);
    // Score maps are packed and pictures compressed already.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "none");
    // Topic rejects takes up to 9 MiB; the topics set the limits, not the client.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 10 * MIB);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 64L * MIB);
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        (int) limits.transactionTimeout().toMillis());
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
        (int) limits.maxPollInterval().toMillis());
    // Room for the largest frame, and not much more: what waits in the client is memory.
    settings.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 8 * MIB);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 32 * MIB);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), MIB);
    // Every record on frames gets its outcome, those from before the first start too.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    // Stores hold a few KB per camera: in memory, so that RocksDB's 73 MB stay out.
    settings.put(
        StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
        BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
    // There is no global state; Kafka warns until somebody says how its errors are handled.
    settings.put("processing.exception.handler.global.enabled", true);
    // Names of stores and changelogs survive a change of the topology.
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return settings;
  }
}
