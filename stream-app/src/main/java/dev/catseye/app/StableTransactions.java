package dev.catseye.app;

import dev.catseye.fetch.FetchAhead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients, but with transactional ids that survive a restart: application, instance,
 * thread. Streams draws a new id at each start when no store is on disk, and then the transaction
 * that a killed instance left open hides the frames behind it until it times out; with the old id
 * the new producer ends it at once. The consumers of frames may look ahead.
 */
final class StableTransactions implements KafkaClientSupplier {
  private final String clientId;
  private final Optional<FetchAhead> fetchAhead;

  /**
   * Clients of one topology.
   *
   * @param clientId of {@link TransactionOwner}
   * @param fetchAhead makes the consumers of its input; empty for Kafka's own
   */
  StableTransactions(String clientId, Optional<FetchAhead> fetchAhead) {
    this.clientId = clientId;
    this.fetchAhead = fetchAhead;
  }

  @Override
  public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
    Map<String, Object> settings = new HashMap<>(config);
    settings.computeIfPresent(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
        (key, id) -> TransactionOwner.transactionalId(clientId, (String) id));
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public Admin getAdmin(Map<String, Object> config) {
    return Admin.create(config);
  }

  @Override
  public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
    return fetchAhead.map(ahead -> ahead.consumer(config)).orElseGet(() -> plain(config));
  }

  private static Consumer<byte[], byte[]> plain(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
    return plain(config);
  }

  @Override
  public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
    return plain(config);
  }
}
