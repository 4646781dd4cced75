package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Open transactions of a member, of nobody and of another application, on a real broker. */
class OrphanWatchIT {
  private static final String APPLICATION = "orphans-perceive";
  private static final String TOPIC = "out";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A transaction that was begun, has written and is left open. */
  private static KafkaProducer<byte[], byte[]> open(String brokers, String transactionalId) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", brokers,
            "transactional.id", transactionalId,
            "transaction.timeout.ms", 600_000);
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    producer.initTransactions();
    producer.beginTransaction();
    var unused = producer.send(new ProducerRecord<>(TOPIC, new byte[1]));
    producer.flush();
    return producer;
  }

  private static KafkaConsumer<byte[], byte[]> member(String brokers, String instanceId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    settings.put("group.id", APPLICATION);
    settings.put(
        "client.id",
        TransactionOwner.clientId(APPLICATION, instanceId) + "-StreamThread-1-consumer");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(TOPIC));
    Instant end = Instant.now().plus(PATIENCE);
    while (consumer.assignment().isEmpty() && Instant.now().isBefore(end)) {
      consumer.poll(Duration.ofMillis(100));
    }
    return consumer;
  }

  private static String owned(String applicationId, String instanceId) {
    return TransactionOwner.clientId(applicationId, instanceId) + "-1";
  }

  @Test
  void transactionOfAnInstanceThatLeftTheGroup_isEnded_andNoOther() throws Exception {
    try (EmbeddedKraft broker = EmbeddedKraft.start();
        Admin admin =
            Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      String brokers = broker.bootstrapServers();
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      try (KafkaConsumer<byte[], byte[]> consumer = member(brokers, "alive");
          KafkaProducer<byte[], byte[]> alive = open(brokers, owned(APPLICATION, "alive"));
          KafkaProducer<byte[], byte[]> dead = open(brokers, owned(APPLICATION, "dead"));
          KafkaProducer<byte[], byte[]> foreign = open(brokers, owned(APPLICATION + "-2", "x"))) {
        assertThat(consumer.assignment()).hasSize(1);
        OrphanWatch watch = OrphanWatch.start(admin, List.of(APPLICATION));
        Instant end = Instant.now().plus(PATIENCE);
        while (ongoing(admin).contains(owned(APPLICATION, "dead")) && Instant.now().isBefore(end)) {
          Thread.sleep(100);
        }
        Thread.sleep(1500); // two more looks
        watch.close();

        assertThat(ongoing(admin))
            .containsExactlyInAnyOrder(owned(APPLICATION, "alive"), owned(APPLICATION + "-2", "x"));
        assertThatCode(alive::commitTransaction).doesNotThrowAnyException();
        assertThatCode(foreign::commitTransaction).doesNotThrowAnyException();
        assertThatThrownBy(dead::commitTransaction).isInstanceOf(KafkaException.class);
      }
    }
  }

  private static List<String> ongoing(Admin admin) throws Exception {
    return admin.listTransactions().all().get().stream()
        .filter(listing -> listing.state() == TransactionState.ONGOING)
        .map(TransactionListing::transactionalId)
        .toList();
  }
}
