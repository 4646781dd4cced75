package dev.catseye.demo;

import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.ToolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Watches committed masks and alarms as they appear, on a thread of its own: prints alarms, counts
 * outcomes, and measures how long each mask took. Thread-safe.
 */
final class Spectator implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Topics topics;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Consumer<String> lines;
  private final Thread thread = new Thread(this::watch, "spectator");
  private final Map<FrameId, Long> sentNanos = new ConcurrentHashMap<>();
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final Map<AlarmState, Integer> alarms = new EnumMap<>(AlarmState.class);
  private final Latency latency = new Latency();
  private RuntimeException failure;

  private Spectator(ClientConfig client, Topics topics, Consumer<String> lines) {
    this.topics = topics;
    this.lines = lines;
    Map<String, Object> settings =
        client.with(
            Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false));
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Begins to watch.
   *
   * @param lines receives one line per alarm step that a driver would care about, on our thread
   */
  static Spectator start(ClientConfig client, Topics topics, Consumer<String> lines) {
    Spectator spectator = new Spectator(client, topics, lines);
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.masks().name(), topics.alarms().name())) {
      for (PartitionInfo partition : spectator.consumer.partitionsFor(topic)) {
        partitions.add(new TopicPartition(topic, partition.partition()));
      }
    }
    spectator.consumer.assign(partitions);
    spectator.thread.start();
    return spectator;
  }

  /** Notes that a frame is published now. */
  void published(FrameId frame) {
    sentNanos.put(frame, System.nanoTime());
  }

  private void watch() {
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          see(record, System.nanoTime());
        }
      }
    } catch (WakeupException e) {
      // asked to stop
    } catch (KafkaException e) {
      synchronized (this) {
        failure = e;
        notifyAll();
      }
    } finally {
      consumer.close();
    }
  }

  private synchronized void see(ConsumerRecord<byte[], byte[]> record, long nowNanos) {
    if (record.topic().equals(topics.alarms().name())) {
      Alarm alarm =
          topics.alarms().serde().deserializer().deserialize(record.topic(), record.value());
      alarms.merge(alarm.state(), 1, Integer::sum);
      if (alarm.state() != AlarmState.UPDATED) {
        lines.accept(AlarmLine.of(alarm));
      }
      return;
    }
    Mask mask = topics.masks().serde().deserializer().deserialize(record.topic(), record.value());
    outcomes.merge(mask.outcome(), 1, Integer::sum);
    if (mask.outcome() == Outcome.DETECTED) {
      mask.frame()
          .map(sentNanos::get)
          .ifPresent(sent -> latency.add((nowNanos - sent) / 1000, mask));
    }
    notifyAll();
  }

  /** Masks seen so far. */
  synchronized int masks() {
    return outcomes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Waits until that many masks were seen.
   *
   * @param patience since the last mask
   * @return whether they came
   * @throws ToolException if watching failed
   */
  synchronized boolean awaitMasks(int count, Duration patience) throws InterruptedException {
    long patienceMs = patience.toMillis();
    while (masks() < count) {
      int before = masks();
      wait(patienceMs);
      if (failure != null) {
        throw new ToolException("masks can no longer be read: " + failure.getMessage(), failure);
      }
      if (masks() == before) {
        return false;
      }
    }
    return true;
  }

  /** Counts of outcomes as text. */
  synchronized String outcomes() {
    return outcomes.isEmpty() ? "none" : outcomes.toString().replaceAll("[{}]", "");
  }

  /** How many frames were DETECTED of how many, and why the others were not. */
  synchronized String detected() {
    int shed = outcomes.getOrDefault(Outcome.SHED, 0);
    return "%d of %d frames%s"
        .formatted(
            outcomes.getOrDefault(Outcome.DETECTED, 0),
            masks(),
            shed == 0 ? "" : "; %d shed, too old when a newer one waited".formatted(shed));
  }

  /** Whether every frame was DETECTED or given up for a newer one. */
  synchronized boolean noneLost() {
    return Set.of(Outcome.DETECTED, Outcome.SHED).containsAll(outcomes.keySet());
  }

  /** Counts of alarm steps as text. */
  synchronized String alarms() {
    return alarms.isEmpty() ? "none" : alarms.toString().replaceAll("[{}]", "");
  }

  /** How long masks took. */
  synchronized String latency() {
    return latency.line();
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
