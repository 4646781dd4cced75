package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catseye.broker.LocalBroker;
import dev.catseye.evaluate.DrawnFrames;
import dev.catseye.image.BytePlane;
import dev.catseye.image.PngEncoder;
import dev.catseye.schemas.Alarm;
import dev.catseye.schemas.AlarmState;
import dev.catseye.schemas.Box;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.MapEncoding;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.ScoreMap;
import dev.catseye.schemas.Severity;
import dev.catseye.schemas.StageMicros;
import dev.catseye.schemas.Summary;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.topics.Catalogue;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drawn frames through real topics: the same numbers, and every way of not being scored. */
final class EvaluateCommandIT {
  private static LocalBroker broker;
  private static Producer<String, byte[]> producer;

  @TempDir private Path temporary;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start();
    producer =
        new KafkaProducer<>(
            ClientConfig.of(broker.bootstrapServers()).with(Map.of()),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void allFramesDetected_giveTheScriptsNumbersAndCode0() throws Exception {
    Topics topics = topics("all-");
    for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
      send(topics.groundTruth(), truth(frame));
      send(topics.masks(), detected(frame, "entropy"));
    }

    JsonNode json = evaluate("all-", ExitCode.DONE);
    assertThat(json.at("/pooled/ap").asDouble()).isEqualTo(0.7905122210159221);
    assertThat(json.at("/pooled/fpr95").asDouble()).isEqualTo(0.10458719873199385);
    assertThat(json.at("/frames/without_truth").asInt()).isEqualTo(1);
    assertThat(out.toString())
        .contains("AP          0.790512")
        .contains("4 DETECTED and scored of 4 labelled")
        .contains("1 of these without anomaly pixels");
  }

  @Test
  void framesWithoutDetectedMask_areNamedAndCode3() throws Exception {
    Topics topics = topics("some-");
    for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
      send(topics.groundTruth(), truth(frame));
    }
    send(topics.masks(), detected(0, "entropy"));
    send(topics.masks(), detected(0, "entropy"));
    send(topics.masks(), rejected(1));
    send(topics.masks(), detected(77, "entropy"));

    JsonNode json = evaluate("some-", ExitCode.LOSS);
    assertThat(json.at("/frames/missing").asInt()).isEqualTo(2);
    assertThat(json.at("/frames/lost/REJECTED").asInt()).isEqualTo(1);
    assertThat(json.at("/masks/repeated").asInt()).isEqualTo(1);
    assertThat(json.at("/masks/without_labels").asInt()).isEqualTo(1);
    assertThat(out.toString())
        .contains("camera/boot/1 REJECTED DECODE cut short")
        .contains("camera/boot/2 missing");
  }

  @Test
  void severalPlans_needAName() throws Exception {
    Topics topics = topics("plans-");
    for (int frame = 0; frame < 2; frame++) {
      send(topics.groundTruth(), truth(frame));
      send(topics.masks(), detected(frame, frame == 0 ? "entropy" : "msp"));
    }

    assertThat(run("plans-")).isEqualTo(ExitCode.FAILED);
    assertThat(err).asString().contains("masks hold the plans entropy, msp; name one with --plan");
    JsonNode json = evaluate("plans-", ExitCode.LOSS, "--plan", "entropy");
    assertThat(json.at("/masks/other_plans").asInt()).isEqualTo(1);
  }

  @Test
  void nothingToMeasure_isCode4() throws Exception {
    topics("nothing-");

    assertThat(evaluate("nothing-", ExitCode.UNKNOWN).has("pooled")).isFalse();
  }

  @Test
  void alarms_areComparedWithTheLabelledObstacles() throws Exception {
    Topics topics = topics("alarms-");
    for (int frame = 0; frame < DrawnFrames.COUNT; frame++) {
      send(topics.groundTruth(), truth(frame));
      send(topics.masks(), detected(frame, "entropy"));
    }
    send(topics.alarms(), raised("on", 2, new Box(72, 32, 10, 10))); // inside frame 2's anomaly
    send(topics.alarms(), raised("off", 2, new Box(30, 80, 10, 10)));

    JsonNode json = evaluate("alarms-", ExitCode.DONE, "--obstacle-frames", "2");
    // Frame 0 shows two, of which the nearer one goes on in frame 2; frame 3 is void.
    assertThat(json.at("/alarms/pooled/obstacles").asInt()).isEqualTo(1);
    assertThat(json.at("/alarms/pooled/alarmed").asInt()).isEqualTo(1);
    assertThat(json.at("/alarms/pooled/not_counted").asInt()).isEqualTo(1);
    assertThat(json.at("/alarms/pooled/false_alarms").asInt()).isEqualTo(1);
    assertThat(out.toString())
        .contains("obstacles   1 alarmed and 0 missed of 1 (from 64 px in 2 frames on)")
        .contains("drive       camera/boot: 1 of 1 alarmed");
  }

  @Test
  void anObstacleOfNoPixels_isBadUsage() {
    assertThat(run("any-", "--obstacle-px", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(err).asString().contains("--obstacle-px 0, --obstacle-frames 5, expected 1 or more");
  }

  private JsonNode evaluate(String prefix, int code, String... options) throws Exception {
    Path json = temporary.resolve("result.json");
    String[] words = {"--json", json.toString()};
    String[] all = Stream.of(words, options).flatMap(Stream::of).toArray(String[]::new);
    assertThat(run(prefix, all)).as("%s", err).isEqualTo(code);
    return new ObjectMapper().readTree(Files.readString(json));
  }

  private int run(String prefix, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "evaluate", "--bootstrap-server", broker.bootstrapServers(), "--prefix", prefix));
    words.addAll(List.of(options));
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(words.toArray(String[]::new));
  }

  private static Topics topics(String prefix) throws Exception {
    Topics topics = Topics.withPrefix(prefix);
    try (Cluster cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()))) {
      new Catalogue(cluster, topics, Optional.of(1)).create();
    }
    return topics;
  }

  private static <T> void send(Topic<T> topic, T value) throws Exception {
    byte[] bytes = topic.serde().serializer().serialize(topic.name(), value);
    producer.send(new ProducerRecord<>(topic.name(), "camera", bytes)).get();
  }

  private static FrameId id(int frame) {
    return new FrameId("camera", "boot", frame, frame);
  }

  private static GroundTruth truth(int frame) {
    byte[] png = PngEncoder.encode(DrawnFrames.labels(frame));
    return new GroundTruth(
        id(frame), "drawn", Bytes.wrap(png), List.of(1), List.of(0), List.of(255), "all");
  }

  private static Alarm raised(String episode, int frame, Box box) {
    return new Alarm(
        episode,
        "camera",
        AlarmState.RAISED,
        id(frame),
        id(frame),
        new Origin("frames", 0, frame),
        box,
        1,
        1,
        4,
        5,
        OptionalDouble.empty(),
        Severity.HIGH,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "entropy",
        "",
        "drawn",
        1,
        0,
        "instance");
  }

  private static Mask detected(int frame, String plan) {
    BytePlane levels = DrawnFrames.levels(frame % DrawnFrames.COUNT, 1);
    ScoreMap map =
        ScoreMap.encode(
            levels.toByteArray(), levels.width(), levels.height(), 8, MapEncoding.ZSTD, 1, 1);
    Summary summary = new Summary(1, 0.5f, 0.5f, 0.5f);
    return mask(
        frame, Outcome.DETECTED, Reason.NONE, "", plan, Optional.of(map), Optional.of(summary));
  }

  private static Mask rejected(int frame) {
    return mask(
        frame,
        Outcome.REJECTED,
        Reason.DECODE,
        "cut short",
        "",
        Optional.empty(),
        Optional.empty());
  }

  private static Mask mask(
      int frame,
      Outcome outcome,
      Reason reason,
      String detail,
      String plan,
      Optional<ScoreMap> map,
      Optional<Summary> summary) {
    return new Mask(
        Optional.of(id(frame)),
        OptionalInt.of(DrawnFrames.WIDTH),
        OptionalInt.of(DrawnFrames.HEIGHT),
        "drawn",
        new Origin("frames", 0, frame),
        "camera",
        outcome,
        reason,
        detail,
        false,
        "CPU",
        plan,
        "",
        map,
        List.of(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalLong.empty(),
        summary,
        new StageMicros(0, 0, 0, 0, 0, 0),
        0,
        "instance");
  }
}
