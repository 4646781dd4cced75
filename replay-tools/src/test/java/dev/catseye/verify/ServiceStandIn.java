package dev.catseye.verify;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Serdes;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Does on Kafka what the service does, under a test's control: sends frames to partition 0, writes
 * their masks and commits their offsets in one transaction each, or aborts it, or leaves it open.
 */
final class ServiceStandIn implements AutoCloseable {
  static final String GROUP = "stand-in";

  private final Topics topics;
  private final Producer<String, byte[]> camera;
  private final Producer<String, byte[]> service;
  private final KafkaConsumer<byte[], byte[]> member;

  ServiceStandIn(ClientConfig config, Topics topics) {
    this.topics = topics;
    this.camera = producer(config, Map.of());
    this.service = producer(config, Map.of("transactional.id", topics.frames().name()));
    this.member =
        new KafkaConsumer<>(
            config.with(Map.of("group.id", topics.frames().name() + GROUP)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    service.initTransactions();
  }

  /** Sends frame {@code index} and returns its offset. */
  long sendFrame(int index) throws InterruptedException, ExecutionException {
    byte[] value = Serdes.frame().serializer().serialize("", Recording.frame(0, index));
    return camera.send(record(topics.frames().name(), value)).get().offset();
  }

  /** Writes the mask of a frame and its committed offset in one transaction. */
  void commitMask(int index, long offset) throws InterruptedException, ExecutionException {
    writeMask(index, offset);
    service.commitTransaction();
  }

  /** The same, and takes it back. */
  void abortMask(int index, long offset) throws InterruptedException, ExecutionException {
    writeMask(index, offset);
    service.abortTransaction();
  }

  /** Writes the mask of a frame once more, without touching the committed offset. */
  void doubleMask(int index, long offset) throws InterruptedException, ExecutionException {
    service.beginTransaction();
    service.send(record(topics.masks().name(), mask(index, offset))).get();
    service.commitTransaction();
  }

  private void writeMask(int index, long offset) throws InterruptedException, ExecutionException {
    service.beginTransaction();
    service.send(record(topics.masks().name(), mask(index, offset))).get();
    service.sendOffsetsToTransaction(
        Map.of(new TopicPartition(topics.frames().name(), 0), new OffsetAndMetadata(offset + 1)),
        member.groupMetadata());
  }

  String group() {
    return topics.frames().name() + GROUP;
  }

  private byte[] mask(int index, long offset) {
    Frame frame = Recording.frame(0, index);
    Serializer<Mask> serializer = Serdes.mask().serializer();
    Place origin = new Place(topics.frames().name(), 0, offset);
    return serializer.serialize("", Recording.mask(frame, origin, index));
  }

  private static ProducerRecord<String, byte[]> record(String topic, byte[] value) {
    return new ProducerRecord<>(topic, 0, "camera-0", value);
  }

  private static Producer<String, byte[]> producer(ClientConfig config, Map<String, ?> settings) {
    return new KafkaProducer<>(
        config.with(settings), new StringSerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    member.close();
    service.close();
    camera.close();
  }
}
