package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends frames of several cameras at a rate, and accounts for what became of each. */
final class Drive {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int WIDTH = 96;
  private static final int HEIGHT = 70;
  private static final byte[] PICTURE = new byte[3 * WIDTH * HEIGHT]; // 20 KB

  private final Wire wire;
  private final Topics topics;
  private final Map<FrameId, RecordMetadata> sent = new HashMap<>();

  Drive(Wire wire, Topics topics) {
    this.wire = wire;
    this.topics = topics;
  }

  /**
   * Sends frames {@code first} to {@code end} of each camera, all cameras every {@code period}.
   *
   * @param cameras with their partitions
   */
  void send(Map<String, Integer> cameras, int first, int end, Duration period) throws Exception {
    long start = System.nanoTime();
    for (int i = first; i < end; i++) {
      long wait = start + (i - first) * period.toNanos() - System.nanoTime();
      Thread.sleep(Math.max(0, wait / 1_000_000));
      for (Map.Entry<String, Integer> camera : cameras.entrySet()) {
        FrameId id = new FrameId(camera.getKey(), "boot-1", i, Micros.now());
        Frame frame = Pictures.frame(id, Encoding.RGB8, WIDTH, HEIGHT, PICTURE);
        sent.put(id, wire.send(frame, camera.getValue()));
      }
    }
  }

  /**
   * Waits for the masks of all frames sent: one outcome each, in order, and none shed unless a
   * newer frame of its camera was there.
   */
  List<ConsumerRecord<String, Mask>> masks() {
    List<ConsumerRecord<String, Mask>> masks =
        wire.read(topics.masks(), PATIENCE, records -> records.size() >= sent.size());
    assertThat(masks).hasSize(sent.size());
    Map<Integer, List<Long>> offsets = new HashMap<>();
    for (ConsumerRecord<String, Mask> record : masks) {
      Mask mask = record.value();
      offsets
          .computeIfAbsent(mask.origin().partition(), partition -> new ArrayList<>())
          .add(mask.origin().offset());
      assertThat(mask.outcome()).isIn(Outcome.DETECTED, Outcome.SHED);
      if (mask.outcome() == Outcome.SHED) {
        assertSupersededByThen(record);
      }
    }
    offsets
        .values()
        .forEach(of -> assertThat(of).isEqualTo(LongStream.range(0, of.size()).boxed().toList()));
    return masks;
  }

  private void assertSupersededByThen(ConsumerRecord<String, Mask> shed) {
    FrameId frame = shed.value().frame().orElseThrow();
    assertThat(shed.value().reason()).isEqualTo(Reason.STALE);
    assertThat(sent.entrySet())
        .as("a newer frame than %s at %d", frame, shed.timestamp())
        .anyMatch(
            other ->
                other.getKey().cameraId().equals(frame.cameraId())
                    && other.getKey().sequence() > frame.sequence()
                    && other.getValue().timestamp() <= shed.timestamp());
  }

  static List<Mask> detected(List<ConsumerRecord<String, Mask>> masks) {
    return masks.stream()
        .map(ConsumerRecord::value)
        .filter(mask -> mask.outcome() == Outcome.DETECTED)
        .toList();
  }

  /** DETECTED frames by camera. */
  static Map<String, Integer> counts(List<ConsumerRecord<String, Mask>> masks) {
    Map<String, Integer> counts = new TreeMap<>();
    detected(masks)
        .forEach(mask -> counts.merge(mask.frame().orElseThrow().cameraId(), 1, Integer::sum));
    return counts;
  }

  static long ageMillis(Mask mask) {
    return (mask.processedMicros() - mask.frame().orElseThrow().captureMicros()) / 1000;
  }
}
