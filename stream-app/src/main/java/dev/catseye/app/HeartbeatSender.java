package dev.catseye.app;

import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once a second, and at every change, that this process lives. A thread and a plain producer
 * of its own, never in a transaction: the open transaction of a killed instance would hide the
 * heartbeats behind it.
 */
final class HeartbeatSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatSender.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(100); // a change is told so late at most

  private final Producer<String, Heartbeat> producer;
  private final String topic;
  private final Supplier<Heartbeat> next;
  private final Supplier<?> condition;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "heartbeats");

  private HeartbeatSender(
      Producer<String, Heartbeat> producer,
      String topic,
      Supplier<Heartbeat> next,
      Supplier<?> condition) {
    this.producer = producer;
    this.topic = topic;
    this.next = next;
    this.condition = condition;
  }

  /**
   * Begins to send.
   *
   * @param next the heartbeat of the moment, asked once a second, at every change and at the end
   * @param condition what must not change untold; asked ten times a second
   */
  static HeartbeatSender start(
      KafkaConfig kafka, Topic<Heartbeat> topic, Supplier<Heartbeat> next, Supplier<?> condition) {
    Map<String, Object> settings = kafka.producer();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    // A heartbeat that arrives late says nothing, and the next one must not wait for it.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
    return start(
        new KafkaProducer<>(settings, new StringSerializer(), topic.serde().serializer()),
        topic.name(),
        next,
        condition);
  }

  /**
   * The same through a producer of the caller's.
   *
   * @param producer closed with the sender
   */
  static HeartbeatSender start(
      Producer<String, Heartbeat> producer,
      String topic,
      Supplier<Heartbeat> next,
      Supplier<?> condition) {
    HeartbeatSender sender = new HeartbeatSender(producer, topic, next, condition);
    sender.thread.start();
    return sender;
  }

  private void run() {
    try {
      Object told = condition.get();
      send();
      long due = System.nanoTime() + PERIOD.toNanos();
      while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        Object now = condition.get();
        if (!now.equals(told) || System.nanoTime() >= due) {
          told = now;
          send();
          due = System.nanoTime() + PERIOD.toNanos() - LOOK.toNanos() / 2; // a second in the mean
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // ends the thread
    }
  }

  private void send() {
    Heartbeat heartbeat = next.get();
    try {
      // What the callback hears is all there is to know: nobody waits for the future.
      var unused =
          producer.send(
              new ProducerRecord<>(topic, heartbeat.instanceId(), heartbeat),
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.debug("a heartbeat was lost", failure);
                }
              });
    } catch (KafkaException e) {
      LOG.debug("a heartbeat was not sent", e);
    }
  }

  /** Sends the last heartbeat and stops. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(PERIOD.multipliedBy(3).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    send();
    producer.close(Duration.ofSeconds(2));
  }
}
