package dev.catseye.app;

import dev.catseye.judge.FramesEnd;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the broker several times a second where topic frames ends. Its answers tell a silent camera
 * from waiting frames, and that they come at all tells that the broker is there. A thread of its
 * own: neither topology ever waits for it.
 */
final class FramesEndWatch implements FramesEnd, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FramesEndWatch.class);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Admin admin; // borrowed
  private final Map<TopicPartition, OffsetSpec> question = new HashMap<>();
  private final Map<Integer, Long> ends = new ConcurrentHashMap<>();
  private final LongSupplier nowMicros;
  private final Thread thread;
  private volatile long answeredMicros;

  private FramesEndWatch(Admin admin, String topic, int partitions, LongSupplier nowMicros) {
    this.admin = admin;
    for (int partition = 0; partition < partitions; partition++) {
      question.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    this.nowMicros = nowMicros;
    this.answeredMicros = nowMicros.getAsLong();
    this.thread = new Thread(this::run, "frames-end");
    this.thread.setDaemon(true);
  }

  /**
   * Begins to ask.
   *
   * @param admin borrowed until closed
   */
  static FramesEndWatch start(Admin admin, String topic, int partitions, LongSupplier nowMicros) {
    FramesEndWatch watch = new FramesEndWatch(admin, topic, partitions, nowMicros);
    watch.thread.start();
    return watch;
  }

  @Override
  public OptionalLong endOffset(int partition) {
    Long end = ends.get(partition);
    return end == null ? OptionalLong.empty() : OptionalLong.of(end);
  }

  /** When the broker answered last, microseconds since 1970-01-01 UTC. */
  long answeredMicros() {
    return answeredMicros;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        ask();
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
  }

  private void ask() throws InterruptedException {
    try {
      Map<TopicPartition, ListOffsetsResultInfo> answer =
          admin.listOffsets(question).all().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      answer.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
      answeredMicros = nowMicros.getAsLong();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the broker did not say where topic frames ends", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
