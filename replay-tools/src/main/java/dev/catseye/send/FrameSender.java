package dev.catseye.send;

import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.RecordException;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.ToolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Hands frames and their labels to Kafka. Sending is asynchronous: what became of a record is known
 * at the latest after {@link #close}. Used by one thread.
 */
final class FrameSender implements AutoCloseable {
  /** For a broker that restarts, or whose disk stalls: as long as Kafka's own default. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a batch of one record adds to its key, value and headers; about 100 in truth. */
  private static final int RECORD_OVERHEAD_BYTES = 128;

  private final Topics topics;
  private final Map<String, Integer> maxBytes;
  private final KafkaProducer<String, byte[]> producer;
  private final AtomicInteger frames = new AtomicInteger();
  private final AtomicInteger labels = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicReference<ToolException> failure = new AtomicReference<>();

  /**
   * @param maxBytes max.message.bytes of the topics for frames and for ground truth, by name
   */
  FrameSender(ClientConfig client, Topics topics, Map<String, Integer> maxBytes) {
    this.topics = topics;
    this.maxBytes = Map.copyOf(maxBytes);
    Map<String, Object> settings = client.with(settings(maxBytes));
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> settings(Map<String, Integer> maxBytes) {
    int largest = maxBytes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
    int patienceMs = (int) PATIENCE.toMillis();
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A picture fills a batch alone, and is compressed already.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * largest);
    // Nothing is waited for without end.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patienceMs);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patienceMs / 4);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patienceMs);
    return settings;
  }

  /** Waits until the broker is known, so that the first frame need not. */
  void meetBroker() {
    producer.partitionsFor(topics.frames().name());
  }

  /**
   * Sends a frame. Blocks while too many bytes wait for the broker.
   *
   * @throws SkippedException if the topic does not take a record of this size
   * @throws ToolException if an earlier record could not be delivered
   */
  void send(Frame frame) throws SkippedException {
    byte[] value;
    try {
      value = Frames.write(frame);
    } catch (RecordException e) {
      throw new SkippedException("frame %s: %s".formatted(frame.id(), e.getMessage()));
    }
    var record = record(topics.frames(), frame.id().cameraId(), value);
    FrameHeaders.write(frame, record.headers());
    send(record, "frame " + frame.id(), frames);
  }

  /** Sends the labels of a frame; otherwise as {@link #send(Frame)}. */
  void send(GroundTruth truth) throws SkippedException {
    String topic = topics.groundTruth().name();
    String name = "labels of frame " + truth.frame();
    byte[] value;
    try {
      value = topics.groundTruth().serde().serializer().serialize(topic, truth);
    } catch (RecordException e) {
      throw new SkippedException("%s: %s".formatted(name, e.getMessage()));
    }
    send(record(topics.groundTruth(), truth.frame().cameraId(), value), name, labels);
  }

  /** A record for the partition of its camera. */
  private ProducerRecord<String, byte[]> record(Topic<?> topic, String camera, byte[] value) {
    int partitions = producer.partitionsFor(topic.name()).size();
    Integer partition = topics.cameras().of(camera, partitions).orElse(null); // null: by hash
    return new ProducerRecord<>(topic.name(), partition, camera, value);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of every failure
  private void send(ProducerRecord<String, byte[]> record, String name, AtomicInteger accepted)
      throws SkippedException {
    requireDelivered();
    int limit = maxBytes.get(record.topic());
    long bytes = sizeOf(record);
    if (bytes > limit) {
      throw new SkippedException(
          "%s: %d bytes, topic %s takes %d (max.message.bytes)"
              .formatted(name, bytes, record.topic(), limit));
    }
    try {
      producer.send(record, (metadata, problem) -> answered(name, accepted, problem));
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      throw undelivered(name, e);
    }
  }

  private static long sizeOf(ProducerRecord<String, byte[]> record) {
    long bytes = record.value().length;
    bytes += record.key().getBytes(StandardCharsets.UTF_8).length;
    for (Header header : record.headers()) {
      bytes += header.key().length();
      bytes += header.value().length;
    }
    return RECORD_OVERHEAD_BYTES + bytes;
  }

  private void answered(String name, AtomicInteger accepted, Exception problem) {
    if (problem == null) {
      accepted.incrementAndGet();
    } else if (problem instanceof RecordTooLargeException) {
      refused.add("%s: refused by the broker: %s".formatted(name, problem.getMessage()));
    } else {
      failure.compareAndSet(null, undelivered(name, problem));
    }
  }

  private static ToolException undelivered(String name, Exception problem) {
    return new ToolException(
        "%s was not delivered: %s".formatted(name, problem.getMessage()), problem);
  }

  /** Frames that the broker has confirmed. */
  int frames() {
    return frames.get();
  }

  /** Label planes that the broker has confirmed. */
  int labels() {
    return labels.get();
  }

  /** Records that the broker refused for their size, one line each. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  /**
   * To be asked after {@link #close}, when all answers are there.
   *
   * @throws ToolException if a record could not be delivered
   */
  void requireDelivered() {
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** Waits for all answers. */
  @Override
  public void close() {
    producer.close(PATIENCE);
  }
}
