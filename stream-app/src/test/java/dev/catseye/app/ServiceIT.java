package dev.catseye.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.bundle.ModelException;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.Health;
import dev.catseye.schemas.HealthReason;
import dev.catseye.schemas.HealthState;
import dev.catseye.schemas.Heartbeat;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Reason;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.testkit.Pictures;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with the shipped bundle on a real broker; each test has topics of its own. */
class ServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static EmbeddedKraft broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKraft.start();
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  private static Map<String, String> settings(Topics topics) {
    return new HashMap<>(
        Map.of(
            "kafka.bootstrap.servers", broker.bootstrapServers(),
            "topics.prefix", topics.frames().name().replaceFirst("frames$", ""),
            "bundle", "../onnx-models/bundles/starter",
            "instance-id", "it-1",
            "inference.threads", "1"));
  }

  private static List<Mask> masks(Wire wire, Topics topics, int count) {
    return wire.read(topics.masks(), PATIENCE, records -> records.size() >= count).stream()
        .map(ConsumerRecord::value)
        .toList();
  }

  private static Frame frame(String camera, long sequence) {
    return Pictures.frame(camera, sequence, Micros.now() - 100_000 * sequence);
  }

  private static Frame withPayload(long sequence, Encoding encoding, int side, byte[] payload) {
    FrameId id = new FrameId("front", "boot-1", sequence, Micros.now());
    return Pictures.frame(id, encoding, side, side, payload);
  }

  @Test
  void framesOfTwoCameras_becomeMasksHealthAndHeartbeats() throws Exception {
    Topics topics = Topics.withPrefix("slice-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
      Map<String, String> settings = settings(topics);
      StatusPages pages = new StatusPages(freePort());
      settings.put("http.port", Integer.toString(pages.port()));
      try (RunningService service = RunningService.start(settings)) {
        pages.awaitAnswer();
        assertThat(pages.status("/health/ready")).isEqualTo(503); // no model, no partitions yet
        assertThat(pages.status("/health/live")).isEqualTo(200);
        service.ready();
        for (int i = 0; i < 12; i++) {
          wire.send(frame("front", i));
          wire.send(frame("rear", i));
        }
        assertThat(wire.read(topics.masks(), PATIENCE, records -> records.size() >= 24))
            .allSatisfy(
                record -> {
                  assertThat(record.value().outcome()).isIn(Outcome.DETECTED, Outcome.SHED);
                  assertThat(record.value().provider()).isEqualTo("CPU");
                  if (record.value().frame().orElseThrow().sequence() == 11) { // never the newest
                    assertThat(record.value().outcome()).isEqualTo(Outcome.DETECTED);
                  }
                  assertThat(record.value().frame().orElseThrow().cameraId())
                      .isEqualTo(record.key());
                  assertThat(record.value().origin().partition()).isEqualTo(record.partition());
                });
        wire.read(
            topics.health(),
            PATIENCE,
            records ->
                records.stream().map(ConsumerRecord::value).anyMatch(ServiceIT::isSilentFront));
        assertThat(pages.status("/health/ready")).isEqualTo(200);
        requireMeters(pages.scrape());
      }
      List<Heartbeat> beats =
          wire.read(topics.heartbeats(), PATIENCE, records -> records.size() >= 3).stream()
              .map(ConsumerRecord::value)
              .toList();
      assertThat(beats).extracting(Heartbeat::state).contains(HealthState.OK);
      assertThat(beats.get(beats.size() - 1).state()).isEqualTo(HealthState.STOPPING);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void requireMeters(StatusPages.Scrape scrape) {
    assertThat(scrape.types())
        .containsEntry("catseye_frames_received_total", "counter")
        .containsEntry("catseye_frames_outcome_total", "counter")
        .containsEntry("catseye_frame_age_seconds", "histogram")
        .containsEntry("catseye_frame_age_at_append_seconds", "histogram")
        .containsEntry("catseye_frame_age_at_admission_seconds", "histogram")
        .containsEntry("catseye_stage_duration_seconds", "histogram")
        .containsEntry("catseye_last_frame_timestamp_seconds", "gauge")
        .containsEntry("catseye_model_info", "gauge")
        .containsEntry("catseye_ready", "gauge")
        .containsEntry("catseye_role_commits_total", "counter")
        .containsEntry("process_resident_memory_bytes", "gauge");
    assertThat(scrape.sum("catseye_frames_outcome_total", ""))
        .isEqualTo(scrape.sum("catseye_frames_received_total", ""))
        .isEqualTo(24);
    for (String camera : List.of("camera=\"front\"", "camera=\"rear\"")) {
      assertThat(scrape.sum("catseye_frames_received_total", camera)).isEqualTo(12);
      assertThat(scrape.sum("catseye_frame_age_at_admission_seconds_count", camera)).isEqualTo(12);
      for (String budget : List.of("0.1", "0.2", "0.5", "1.0")) {
        assertThat(scrape.has("catseye_frame_age_seconds_bucket", camera, "le=\"" + budget + "\""))
            .isTrue();
      }
    }
    for (String stage : List.of("admit", "decode", "queue", "infer", "region", "encode")) {
      assertThat(scrape.has("catseye_stage_duration_seconds_bucket", "stage=\"" + stage + "\""))
          .isTrue();
    }
    for (String role : List.of("role=\"perceive\"", "role=\"judge\"")) {
      assertThat(scrape.sum("catseye_role_polls_total", role)).isPositive();
      assertThat(scrape.sum("catseye_role_commits_total", role)).isPositive();
      assertThat(scrape.sum("catseye_role_idle_seconds", role)).isBetween(0.0, 60.0);
    }
    assertThat(scrape.sum("catseye_ready", "")).isEqualTo(1);
    assertThat(scrape.sum("catseye_live", "")).isEqualTo(1);
    assertThat(scrape.has("catseye_model_info", "provider=\"CPU\"", "precision=\"")).isTrue();
    assertThat(scrape.sum("catseye_accelerator_active", "")).isZero();
  }

  private static boolean isSilentFront(Health health) {
    return health.cameraId().equals("front")
        && health.state() == HealthState.BLIND
        && health.reasons().equals(List.of(HealthReason.SILENT));
  }

  @Test
  void badInput_hasOneOutcomeEach_andTheLineGoesOn() throws Exception {
    Topics topics = Topics.withPrefix("bad-");
    byte[] jpeg = Pictures.file("jpg", 64, 64, 1);
    byte[] flipped = Frames.write(withPayload(1, Encoding.JPEG, 64, jpeg));
    flipped[flipped.length / 2] ^= 8;
    byte[] wrongMagic = Frames.write(withPayload(2, Encoding.JPEG, 64, jpeg));
    wrongMagic[0] ^= 1;
    byte[] junk = new byte[1000];
    new Random(7).nextBytes(junk);
    byte[] bomb = Arrays.copyOf(Frames.write(withPayload(3, Encoding.JPEG, 64, jpeg)), 15);
    Arrays.fill(bomb, 10, 15, (byte) 0xFF);
    byte[] wide = Pictures.pngThatClaims(65535, 65535);
    byte[] huge = Pictures.plainFile("png", 6000, 6000, 0xFFFFFF);

    try (Wire wire = new Wire(broker.bootstrapServers(), topics);
        RunningService service = RunningService.start(ledger(withTopics(wire, topics)))) {
      service.ready();
      wire.send(withPayload(10, Encoding.JPEG, 64, Arrays.copyOf(jpeg, jpeg.length - 200)));
      wire.send("front", flipped);
      wire.send(withPayload(11, Encoding.PNG, 64, jpeg));
      wire.send(withPayload(12, Encoding.PNG, 65535, wide));
      wire.send(withPayload(13, Encoding.PNG, 6000, huge));
      wire.send("front", new byte[0]);
      wire.send("front", junk);
      wire.send("front", wrongMagic);
      wire.send("front", bomb);
      wire.send("rear", Frames.write(withPayload(14, Encoding.JPEG, 64, jpeg)));
      wire.send(withPayload(15, Encoding.JPEG, 63, jpeg));
      wire.send(withPayload(16, Encoding.JPEG, 64, new byte[0]));
      wire.send(withPayload(20, Encoding.JPEG, 64, jpeg));
      wire.send(withPayload(21, Encoding.PNG, 96, Pictures.file("png", 96, 96, 2)));
      wire.send(withPayload(22, Encoding.PNG, 96, Pictures.plainFile("png", 96, 96, 0)));

      List<Mask> masks = masks(wire, topics, 15);
      assertThat(masks.stream().filter(mask -> mask.recordKey().equals("front")))
          .extracting(Mask::reason)
          .containsExactly(
              Reason.DECODE,
              Reason.CHECKSUM,
              Reason.ENCODING,
              Reason.GEOMETRY,
              Reason.GEOMETRY,
              Reason.SCHEMA,
              Reason.SCHEMA,
              Reason.SCHEMA,
              Reason.SCHEMA,
              Reason.GEOMETRY,
              Reason.DECODE,
              Reason.NONE,
              Reason.NONE,
              Reason.NONE);
      assertThat(masks.stream().filter(mask -> mask.recordKey().equals("rear")))
          .extracting(Mask::reason)
          .containsExactly(Reason.IDENTITY);
      assertThat(masks.stream().filter(mask -> mask.outcome() == Outcome.REJECTED))
          .allSatisfy(mask -> assertThat(mask.detail()).isNotEmpty().doesNotContain("\n"));
      assertThat(wire.read(topics.rejects(), PATIENCE, records -> records.size() >= 12))
          .hasSize(12);
    }
  }

  /** Every frame, so that each is looked into however many wait. */
  private static Map<String, String> ledger(Map<String, String> settings) {
    settings.put("profile", "ledger");
    return settings;
  }

  private static Map<String, String> withTopics(Wire wire, Topics topics) throws Exception {
    wire.createTopics();
    return settings(topics);
  }

  @Test
  void killInTheMidstOfInference_leavesOneOutcomePerFrame(@TempDir Path folder) throws Exception {
    Topics topics = Topics.withPrefix("kill-");
    Map<String, String> settings = settings(topics);
    settings.put("profile", "ledger");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics);
        ChildService service = new ChildService(settings, folder)) {
      wire.createTopics();
      service.start();
      int frames = 40;
      for (int i = 0; i < frames; i++) {
        wire.send(frame("front", i));
      }
      masks(wire, topics, 3);
      service.await("/metrics", "catseye_inference_running 1.0");
      service.kill();
      service.start();

      List<Mask> masks = masks(wire, topics, frames);
      assertThat(masks).extracting(Mask::outcome).containsOnly(Outcome.DETECTED);
      assertThat(masks.stream().map(mask -> mask.origin().offset()).toList())
          .isEqualTo(LongStream.range(0, frames).boxed().toList());
      assertThat(service.terminate()).isZero();
      assertThat(service.log()).doesNotContain("\tat ");
    }
  }

  @Test
  void brokerThatGoesAway_isSeenByReadiness_andComesBack() throws Exception {
    Topics topics = Topics.withPrefix("away-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics);
        RunningService service = RunningService.start(withTopics(wire, topics))) {
      service.ready();
      wire.send(frame("front", 0));
      masks(wire, topics, 1);

      broker.pause();
      service.unready();
      assertThat(service.vitals().ready().reason()).startsWith("no broker has answered for");
      assertThat(service.vitals().live().holds()).isTrue();
      broker.resume();

      service.ready();
      wire.send(frame("front", 1));
      assertThat(masks(wire, topics, 2)).extracting(Mask::outcome).containsOnly(Outcome.DETECTED);
    }
  }

  @Test
  void topicsThatDoNotExist_refuseTheStart() throws Exception {
    RunningService service = RunningService.start(settings(Topics.withPrefix("none-")));
    assertThatThrownBy(service::end)
        .cause()
        .isInstanceOf(StartException.class)
        .hasMessageContaining("topic none-frames does not exist")
        .hasMessageContaining("topic none-rejects does not exist")
        .hasMessageContaining("topic none-health does not exist")
        .hasMessageContaining(
            "catseye topics create --bootstrap-server "
                + broker.bootstrapServers()
                + " --prefix none-");
  }

  @Test
  void topicThatRefusesOurRecords_refusesTheStart() throws Exception {
    Topics topics = Topics.withPrefix("small-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      wire.createTopics();
    }
    addPartition(topics.health());
    alter(topics.masks().name(), "max.message.bytes", "100000");
    alter(topics.frames().name(), "message.timestamp.type", "CreateTime");
    RunningService service = RunningService.start(settings(topics));
    assertThatThrownBy(service::end)
        .hasMessageContaining(
            "topic small-masks: max.message.bytes is 100000, needs 8388608 or more")
        .hasMessageContaining("topic small-frames: message.timestamp.type is CreateTime")
        .hasMessageContaining("topic small-health has 5 partitions, topic small-frames has 4");
  }

  @Test
  void maskThatTheBrokerRefuses_stopsTheServiceWithOneLine() throws Exception {
    Topics topics = Topics.withPrefix("shrunk-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics);
        RunningService service = RunningService.start(withTopics(wire, topics))) {
      service.ready();
      alter(topics.masks().name(), "max.message.bytes", "100");
      wire.send(frame("front", 0));
      assertThat(service.end()).isFalse();
      assertThat(service.vitals().live().reason())
          .startsWith("perceive stopped: topic shrunk-masks refused a record")
          .contains("RecordTooLargeException");
    }
  }

  /** Missing in mid-run, then too small, then mended: each frame has one outcome and one reject. */
  @Test
  void rejectsThatTakeNothing_loseNothing() throws Exception {
    Topics topics = Topics.withPrefix("refusing-");
    byte[] broken = new byte[5000];
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      Map<String, String> settings = ledger(withTopics(wire, topics));
      try (RunningService service = RunningService.start(settings)) {
        service.ready();
        delete(topics.rejects().name());
        wire.send("front", broken);
        Thread.sleep(2000); // time enough to go on without the topic, if it did
        assertThat(wire.committed(topics.masks())).isEmpty();

        wire.createTopic(topics.rejects());
        assertThat(masks(wire, topics, 1)).extracting(Mask::reason).containsExactly(Reason.SCHEMA);

        alter(topics.rejects().name(), "max.message.bytes", "1000");
        wire.send("front", broken);
        assertThat(service.end()).isFalse();
        assertThat(service.vitals().live().reason())
            .startsWith("perceive stopped: topic refusing-rejects refused a record");
        assertThat(wire.committed(topics.masks())).hasSize(1);
      }
      RunningService tooSmall = RunningService.start(settings);
      assertThatThrownBy(tooSmall::end)
          .hasMessageContaining(
              "topic refusing-rejects: max.message.bytes is 1000, needs 9437184 or more");

      alter(topics.rejects().name(), "max.message.bytes", "9437184");
      try (RunningService service = RunningService.start(settings)) {
        service.ready();
        assertThat(masks(wire, topics, 2))
            .extracting(mask -> mask.origin().offset())
            .containsExactly(0L, 1L);
        assertThat(wire.read(topics.rejects(), PATIENCE, records -> records.size() >= 2))
            .extracting(record -> record.value().length)
            .containsExactly(5000, 5000);
      }
    }
  }

  @Test
  void cudaWhereThereIsNone_refusesToStart_withTheReason() throws Exception {
    Topics topics = Topics.withPrefix("cuda-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      Map<String, String> settings = withTopics(wire, topics);
      settings.put("provider", "cuda");
      RunningService service = RunningService.start(settings);
      assertThatThrownBy(service::end)
          .cause()
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("provider CUDA: not available here (")
          .hasMessageEndingWith("; run on a machine with the GPU runtime, or allow the CPU");
      assertThat(service.vitals().ready().holds()).isFalse();
      assertThat(wire.read(topics.heartbeats(), PATIENCE, ServiceIT::endsInFault))
          .extracting(record -> record.value().state())
          .doesNotContain(HealthState.OK);
    }
  }

  private static boolean endsInFault(List<ConsumerRecord<String, Heartbeat>> beats) {
    return !beats.isEmpty() && beats.get(beats.size() - 1).value().state() == HealthState.FAULT;
  }

  @Test
  void cudaThatMayFallBack_runsDegraded_andEveryMaskSaysCpu() throws Exception {
    Topics topics = Topics.withPrefix("fallback-");
    try (Wire wire = new Wire(broker.bootstrapServers(), topics)) {
      Map<String, String> settings = ledger(withTopics(wire, topics));
      settings.put("provider", "cuda");
      settings.put("allow-cpu", "true");
      try (RunningService service = RunningService.start(settings)) {
        service.ready();
        wire.send(frame("front", 0));
        wire.send("front", new byte[] {1});
        assertThat(masks(wire, topics, 2)).extracting(Mask::provider).containsOnly("CPU");
        assertThat(
                wire.read(
                    topics.health(),
                    PATIENCE,
                    records -> records.stream().anyMatch(r -> r.value().counts().detected() > 0)))
            .anyMatch(record -> record.value().provider().equals("CPU"));
        wire.read(
            topics.heartbeats(),
            PATIENCE,
            records -> records.stream().anyMatch(r -> r.value().state() == HealthState.DEGRADED));
      }
      assertThat(wire.committed(topics.heartbeats()))
          .filteredOn(record -> record.value().state() == HealthState.DEGRADED)
          .isNotEmpty()
          .allSatisfy(
              record -> {
                assertThat(record.value().reasons()).contains(HealthReason.ACCELERATOR);
                assertThat(record.value().provider()).isEqualTo("CPU");
              });
      assertThat(wire.committed(topics.heartbeats()))
          .extracting(record -> record.value().state())
          .doesNotContain(HealthState.OK);
    }
  }

  private static void delete(String topic) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteTopics(List.of(topic)).all().get();
    }
  }

  private static void addPartition(Topic<?> topic) throws Exception {
    NewPartitions more = NewPartitions.increaseTo(topic.partitions() + 1);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createPartitions(Map.of(topic.name(), more)).all().get();
    }
  }

  private static void alter(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    List<AlterConfigOp> changes = new ArrayList<>();
    changes.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(resource, changes)).all().get();
      while (!admin
          .describeConfigs(List.of(resource))
          .values()
          .get(resource)
          .get()
          .get(key)
          .value()
          .equals(value)) {
        Thread.sleep(20);
      }
    }
  }
}
