package dev.catseye.app;

import dev.catseye.config.Settings;
import dev.catseye.detect.Detection;
import dev.catseye.image.BytePlane;
import dev.catseye.image.RgbPlane;
import dev.catseye.judge.AlarmConfig;
import dev.catseye.judge.HealthConfig;
import dev.catseye.judge.JudgeSetup;
import dev.catseye.judge.JudgeTopology;
import dev.catseye.metrics.Meters;
import dev.catseye.metrics.WorkLog;
import dev.catseye.payload.FolderStore;
import dev.catseye.perceive.Model;
import dev.catseye.perceive.PerceiveConfig;
import dev.catseye.perceive.PerceiveSetup;
import dev.catseye.perceive.PerceiveTopology;
import dev.catseye.perceive.Shedding;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.OutcomeCounts;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Runs both production topologies over drawn pictures, without a broker and by a clock of its own,
 * and puts everything on a {@link RunTape}. The detector is a stand-in: what is grey on the red
 * road has score 0.8. Times of stages, which are measured, are set to 0, so that a run is
 * repeatable; the heartbeats, which come from threads, are those of a process at work.
 */
final class RecordedRun implements AutoCloseable {
  static final int WIDTH = 64;
  static final int HEIGHT = 32;

  private static final String PLAN = "entropy";
  private static final String BUNDLE = "ab".repeat(32);
  private static final String INSTANCE = "one";
  private static final int SCALE = 2; // camera pixels per map pixel
  private static final long TICK_MILLIS = 50;

  final Topics topics = Topics.withPrefix("");
  final RunTape tape = new RunTape();
  final Set<Object> seen = new HashSet<>(); // outcomes, alarm states, health states
  private final Set<Long> overtaken = new HashSet<>(); // offsets behind which a newer frame waits
  private final TopologyTestDriver perceive;
  private final TopologyTestDriver judge;
  private long nowMillis;
  private long beats;

  RecordedRun(Instant start) {
    nowMillis = start.toEpochMilli();
    for (Topic<?> topic :
        List.of(
            topics.frames(),
            topics.masks(),
            topics.rejects(),
            topics.alarms(),
            topics.health(),
            topics.heartbeats(),
            topics.trust(),
            topics.groundTruth())) {
      tape.topic(topic.name());
    }
    Settings settings = Settings.of(Map.of(), Map.of());
    perceive = driver(PerceiveTopology.build(topics, perceiveSetup(settings)), start);
    judge = driver(JudgeTopology.build(topics, judgeSetup(settings)), start);
  }

  private PerceiveSetup perceiveSetup(Settings settings) {
    return new PerceiveSetup(
        PerceiveConfig.from(settings),
        new Model("CPU", PLAN, BUNDLE, 0.5f, Set.of(0)),
        RecordedRun::detection,
        () -> true,
        FolderStore.over(List.of()),
        Optional.of(
            new Shedding(
                (origin, frame, until) -> overtaken.contains(origin.offset()),
                Duration.ofMillis(20))),
        new Meters(),
        new WorkLog(),
        this::nowMicros,
        INSTANCE);
  }

  private JudgeSetup judgeSetup(Settings settings) {
    return new JudgeSetup(
        AlarmConfig.from(settings),
        HealthConfig.from(settings, Duration.ofMillis(100), true, false),
        partition -> OptionalLong.empty(),
        new Meters(),
        new WorkLog(),
        this::nowMicros,
        INSTANCE);
  }

  private static TopologyTestDriver driver(Topology topology, Instant start) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "recorded");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    return new TopologyTestDriver(topology, properties, start);
  }

  /** Grey has score 0.8, everything else 0.1; all is road but the left fifth. */
  private static Detection detection(RgbPlane picture) {
    int width = picture.width() / SCALE;
    int height = picture.height() / SCALE;
    byte[] map = new byte[width * height];
    byte[] classes = new byte[width * height];
    for (int i = 0; i < map.length; i++) {
      int x = i % width * SCALE;
      int y = i / width * SCALE;
      map[i] = (byte) (picture.green(x, y) > 0 ? 204 : 26);
      classes[i] = (byte) (x < picture.width() / 5 ? 1 : 0);
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(width, height, map)),
        Optional.of(BytePlane.owning(width, height, classes)),
        Map.of(),
        5000);
  }

  long nowMicros() {
    return nowMillis * 1000;
  }

  /** Lets time pass. */
  void pass(long millis) throws IOException {
    for (long passed = 0; passed < millis; passed += TICK_MILLIS) {
      nowMillis += TICK_MILLIS;
      if (nowMillis % 1000 == 0) {
        beat();
      }
      judge.advanceWallClockTime(Duration.ofMillis(TICK_MILLIS));
      findings();
    }
  }

  /** Sends a frame as a camera does; it waits for {@link #work}. */
  Sent send(Frame frame) throws IOException {
    return send(frame, Frames.write(frame));
  }

  /** Sends other bytes in the place of a frame. */
  Sent send(Frame frame, byte[] value) throws IOException {
    Headers headers = new RecordHeaders();
    FrameHeaders.write(frame, headers);
    return send(frame.id().cameraId(), value, headers);
  }

  /** Sends bytes that are no frame. */
  Sent send(String key, byte[] value, Headers headers) throws IOException {
    Sent sent =
        new Sent(tape.end(topics.frames().name()), key, Bytes.of(value), headers, nowMillis);
    tape.add(topics.frames().name(), key, value, headers, 0, nowMillis);
    return sent;
  }

  /** Writes a record of another topic. */
  <T> void write(Topic<T> topic, String key, T value) throws IOException {
    byte[] bytes = topic.serde().serializer().serialize(topic.name(), value);
    tape.add(topic.name(), key, bytes, new RecordHeaders(), 0, nowMillis);
  }

  /** A record on frames. */
  record Sent(long offset, String key, Bytes value, Headers headers, long appendedMillis) {}

  /**
   * Lets the service work on a record, which is the next one; {@code newer} ones wait behind it.
   */
  void work(Sent frame, boolean newer) throws IOException {
    if (newer) {
      overtaken.add(frame.offset());
    }
    perceive
        .createInputTopic(topics.frames().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(
                frame.key(),
                frame.value().toArray(),
                frame.headers(),
                Instant.ofEpochMilli(frame.appendedMillis())));
    TestRecord<String, Mask> mask =
        perceive
            .createOutputTopic(
                topics.masks().name(),
                new StringDeserializer(),
                topics.masks().serde().deserializer())
            .readRecord();
    byte[] value = topics.masks().serde().serializer().serialize("", untimed(mask.value()));
    seen.add(mask.value().outcome());
    tape.add(topics.masks().name(), mask.key(), value, mask.headers(), 1, nowMillis);
    rejects();
    judge
        .createInputTopic(topics.masks().name(), new StringSerializer(), new ByteArraySerializer())
        .pipeInput(
            new TestRecord<>(mask.key(), value, mask.headers(), Instant.ofEpochMilli(nowMillis)));
    findings();
  }

  private static Mask untimed(Mask mask) {
    return new Mask(
        mask.frame(),
        mask.frameWidth(),
        mask.frameHeight(),
        mask.driveId(),
        mask.origin(),
        mask.recordKey(),
        mask.outcome(),
        mask.reason(),
        mask.detail(),
        mask.overdue(),
        mask.provider(),
        mask.plan(),
        mask.bundleDigest(),
        mask.scoreMap(),
        mask.regions(),
        mask.pictureMean(),
        mask.pictureSpread(),
        mask.payloadChecksum(),
        mask.summary(),
        new StageMicros(0, 0, 0, 0, 0, 0),
        mask.processedMicros(),
        mask.instanceId());
  }

  private void rejects() throws IOException {
    var output =
        perceive.createOutputTopic(
            topics.rejects().name(), new StringDeserializer(), new ByteArrayDeserializer());
    while (!output.isEmpty()) {
      TestRecord<String, byte[]> record = output.readRecord();
      tape.add(
          topics.rejects().name(), record.key(), record.value(), record.headers(), 1, nowMillis);
    }
  }

  private void findings() throws IOException {
    findings(topics.alarms(), alarm -> alarm.state());
    findings(topics.health(), health -> health.state());
  }

  private <T> void findings(Topic<T> topic, Function<T, Object> state) throws IOException {
    var output =
        judge.createOutputTopic(
            topic.name(), new StringDeserializer(), topic.serde().deserializer());
    while (!output.isEmpty()) {
      TestRecord<String, T> record = output.readRecord();
      seen.add(state.apply(record.value()));
      byte[] value = topic.serde().serializer().serialize("", record.value());
      tape.add(topic.name(), record.key(), value, record.headers(), 1, nowMillis);
    }
  }

  private void beat() throws IOException {
    boolean first = beats == 0;
    Heartbeat heartbeat =
        new Heartbeat(
            INSTANCE,
            List.of("perceive", "judge"),
            first ? HealthState.STARTING : HealthState.OK,
            List.<HealthReason>of(),
            50 * beats++,
            Optional.empty(),
            Optional.empty(),
            OutcomeCounts.NONE,
            "CPU",
            BUNDLE,
            nowMicros());
    write(topics.heartbeats(), INSTANCE, heartbeat);
  }

  @Override
  public void close() {
    perceive.close();
    judge.close();
  }
}
