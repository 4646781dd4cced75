package dev.catseye.perceive;

import dev.catseye.detect.AnomalyDetector;
import dev.catseye.detect.Detection;
import dev.catseye.image.BytePlane;
import dev.catseye.image.ImageLimits;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.payload.PayloadStore;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Pictures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The production topology of perceive with a detector of the test's own, without a broker. */
final class Harness implements AutoCloseable {
  static final String PLAN = "entropy";
  static final int MAX_CAMERAS = 3;

  /** Has what lies under the address {@code ok:} and nothing else. */
  static final PayloadStore PAYLOADS =
      (reference, now) -> {
        if (reference.uri().equals("ok:")) {
          return Pictures.file("jpg", Pictures.WIDTH, Pictures.HEIGHT, 1);
        }
        return FolderStore.over(List.of()).fetch(reference, now);
      };

  static final long NOW = 1_764_000_000_000_000L; // microseconds, November 2025

  final TestInputTopic<String, byte[]> frames;
  final TestOutputTopic<String, Mask> masks;
  final TestOutputTopic<String, byte[]> rejects;
  final Meters meters = new Meters();
  private final TopologyTestDriver driver;

  private Harness(
      AnomalyDetector detector,
      GoldenCheck golden,
      PerceiveConfig config,
      Optional<Shedding> shedding) {
    Topics topics = Topics.withPrefix("");
    PerceiveSetup setup = setup(detector, golden, config, shedding, meters);
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    driver = new TopologyTestDriver(PerceiveTopology.build(topics, setup), properties);
    frames =
        driver.createInputTopic(
            topics.frames().name(), new StringSerializer(), new ByteArraySerializer());
    masks =
        driver.createOutputTopic(
            topics.masks().name(), new StringDeserializer(), topics.masks().serde().deserializer());
    rejects =
        driver.createOutputTopic(
            topics.rejects().name(), new StringDeserializer(), new ByteArrayDeserializer());
  }

  /** What the topology is built of when nothing is sent through it. */
  static PerceiveSetup setup() {
    return setup(picture -> glow(0), () -> true, config(8 << 20), Optional.empty(), new Meters());
  }

  static PerceiveSetup setup(
      AnomalyDetector detector,
      GoldenCheck golden,
      PerceiveConfig config,
      Optional<Shedding> shedding,
      Meters meters) {
    return new PerceiveSetup(
        config,
        new Model("CPU", PLAN, "ab".repeat(32), 0.5f, Set.of(0)),
        detector,
        golden,
        PAYLOADS,
        shedding,
        meters,
        new WorkLog(),
        () -> NOW,
        "test-1");
  }

  static Harness withDetector(AnomalyDetector detector) {
    return with(detector, () -> true, config(8 << 20));
  }

  static Harness with(AnomalyDetector detector, GoldenCheck golden, PerceiveConfig config) {
    return new Harness(detector, golden, config, Optional.empty());
  }

  /** An app that gives frames up as that rule says, if there is one. */
  static Harness shedding(AnomalyDetector detector, Optional<Shedding> shedding) {
    return new Harness(detector, () -> true, config(8 << 20), shedding);
  }

  static PerceiveConfig config(long maxFrameBytes) {
    return new PerceiveConfig(
        maxFrameBytes,
        MAX_CAMERAS,
        ImageLimits.DEFAULT,
        Duration.ofSeconds(1),
        Optional.empty(),
        Optional.empty(),
        1,
        4,
        MapEncoding.LZ4);
  }

  /** A detection on an 8 x 4 map with one glowing block of {@code pixels} map pixels in a row. */
  static Detection glow(int pixels) {
    byte[] map = new byte[8 * 4];
    for (int i = 0; i < pixels; i++) {
      map[8 + i] = (byte) 204; // 0.8
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(8, 4, map)),
        Optional.of(BytePlane.owning(8, 4, new byte[8 * 4])),
        Map.of(),
        1000);
  }

  /** A detection with eight regions of one map pixel each. */
  static Detection speckles() {
    byte[] map = new byte[8 * 4];
    for (int i = 0; i < 8; i += 2) {
      map[i] = (byte) 204;
      map[16 + i] = (byte) 204;
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(8, 4, map)), Optional.empty(), Map.of(), 1000);
  }

  /** A detection whose map does not pack into the 8 MiB of a mask. */
  static Detection hugeNoise() {
    byte[] map = new byte[4096 * 2100];
    new Random(1).nextBytes(map);
    for (int i = 0; i < map.length; i++) {
      map[i] = (byte) (map[i] & 0x7F); // below the threshold: no regions
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(4096, 2100, map)), Optional.empty(), Map.of(), 1000);
  }

  /** Sends a frame under its camera. */
  void send(Frame frame) {
    frames.pipeInput(frame.id().cameraId(), Frames.write(frame));
  }

  /** Sends a frame under its camera, appended to its topic at {@code appended}. */
  void send(Frame frame, Instant appended) {
    frames.pipeInput(frame.id().cameraId(), Frames.write(frame), appended);
  }

  List<Mask> readMasks() {
    return masks.readValuesToList();
  }

  KeyValueStore<String, SeenFrames> seen() {
    return driver.getKeyValueStore(PerceiveTopology.SEEN_FRAMES);
  }

  @Override
  public void close() {
    driver.close();
  }
}
