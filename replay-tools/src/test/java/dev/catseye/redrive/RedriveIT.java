package dev.catseye.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.Content;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.MaskHeaders;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.RedriveHeaders;
import dev.catseye.schemas.ReferenceContent;
import dev.catseye.schemas.RejectHeaders;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.service.Installation;
import dev.catseye.service.ServiceProcess;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.Ports;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import dev.catseye.topics.Catalogue;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.Verifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on a real broker, each put back once whatever happens to the runs. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedriveIT {
  private static final Path PICTURE =
      Path.of("drives/demo/leftImg8bit/test/90_Drawn/90_Drawn_000000_000000_leftImg8bit.jpg");

  @TempDir private static Path folder;
  private static LocalBroker.Options place;
  private static LocalBroker broker;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    place =
        new LocalBroker.Options(
            Ports.free(), Optional.of(folder.resolve("broker")), true, Optional.empty());
    broker = LocalBroker.start(place);
    cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    broker.close();
  }

  private static Topics created(String prefix) throws Exception {
    Topics topics = Topics.withPrefix(prefix);
    new Catalogue(cluster, topics, Optional.of(1)).create();
    return topics;
  }

  private static Producer<byte[], byte[]> producer(Map<String, ?> settings) {
    return new KafkaProducer<>(
        cluster.config().with(settings), new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Topics with so many dead letters. */
  private static Topics withLetters(String prefix, int count) throws Exception {
    Topics topics = created(prefix);
    try (Producer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < count; i++) {
        Headers headers = Letters.headers(topics.frames().name(), i, 1);
        ProducerRecord<byte[], byte[]> letter =
            new ProducerRecord<>(
                topics.rejects().name(), null, Letters.key(), Letters.value(i), headers);
        var unused = producer.send(letter); // closing waits for it
      }
    }
    return topics;
  }

  private static Redrive redrive(Topics topics, boolean rehearse, Consumer<String> onEach) {
    return redrive(topics, rehearse, onEach, Duration.ofSeconds(60));
  }

  private static Redrive redrive(
      Topics topics, boolean rehearse, Consumer<String> onEach, Duration patience) {
    Redrive.Order order =
        new Redrive.Order(RejectFilter.ALL, 3, OptionalLong.empty(), rehearse, patience);
    PrintWriter nobody = new PrintWriter(Writer.nullWriter());
    return new Redrive(
        cluster, topics, order, total -> new ProgressBar(nobody, false, "", total), onEach);
  }

  private static RedriveReport redrive(Topics topics) throws Exception {
    return redrive(topics, false, line -> {}).run();
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED)) {
      reader.read(reader.ends(reader.partitions(List.of(topic.name()))), records::add);
    }
    return records;
  }

  /** Frames 0 to {@code count} stand on topic frames once each, in order, and as many marks. */
  private static void assertEachOnce(Topics topics, int count) {
    assertThat(records(topics.frames()))
        .extracting(record -> Frames.read(record.value()).id().sequence())
        .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(i -> (long) i).toList());
    assertThat(records(topics.redrives()))
        .hasSize(count)
        .allSatisfy(mark -> assertThat(RedriveHeaders.read(mark.headers())).isPresent());
  }

  @Test
  void whatWasPutBack_isNotPutBackAgain() throws Exception {
    Topics topics = withLetters("twice-", 5);

    assertThat(redrive(topics).putBack()).isEqualTo(5);
    RedriveReport second = redrive(topics);

    assertThat(second.putBack()).isZero();
    assertThat(second.before()).isEqualTo(5);
    assertEachOnce(topics, 5);
  }

  @Test
  void dryRun_tellsEachAndSendsNothing() throws Exception {
    Topics topics = withLetters("dry-", 2);
    List<String> lines = new ArrayList<>();

    RedriveReport report = redrive(topics, true, lines::add).run();

    assertThat(report.putBack()).isEqualTo(2);
    assertThat(lines)
        .containsExactly(
            "dry-rejects-0@0 (front/boot/0, INFERENCE at detect) to dry-frames-0, attempt 2",
            "dry-rejects-0@1 (front/boot/1, INFERENCE at detect) to dry-frames-0, attempt 2");
    assertThat(records(topics.frames())).isEmpty();
    assertThat(records(topics.redrives())).isEmpty();
  }

  @Test
  void runThatWasKilledBeforeItsCommit_leavesNothing() throws Exception {
    Topics topics = withLetters("killed-", 3);
    Producer<byte[], byte[]> killed =
        producer(Map.of("transactional.id", topics.frames().name() + "-redrive"));
    killed.initTransactions();
    killed.beginTransaction();
    killed
        .send(new ProducerRecord<>(topics.frames().name(), 0, Letters.key(), Letters.value(0)))
        .get();
    Headers mark = Letters.headers(topics.frames().name(), 0, 1);
    new RedriveHeaders(2, 5_000, new Origin(topics.rejects().name(), 0, 0)).write(mark);
    killed.send(new ProducerRecord<>(topics.redrives().name(), 0, Letters.key(), null, mark)).get();

    assertThat(redrive(topics).putBack()).isEqualTo(3);

    assertEachOnce(topics, 3);
    killed.close(Duration.ZERO);
  }

  @Test
  void secondRunInTheMidstOfTheFirst_takesOver() throws Exception {
    Topics topics = withLetters("rival-", 150);
    List<RedriveReport> second = new ArrayList<>();
    Redrive first =
        redrive(
            topics,
            false,
            line -> {
              if (second.isEmpty()) {
                second.add(run(redrive(topics, false, more -> {})));
              }
            });

    assertThatThrownBy(first::run)
        .isInstanceOf(ToolException.class)
        .hasMessageStartingWith("another `catseye redrive` has taken over")
        .hasMessageEndingWith("(100 were put back before that)");
    assertThat(second.get(0).before()).isEqualTo(100);
    assertThat(second.get(0).putBack()).isEqualTo(50);
    assertEachOnce(topics, 150);
  }

  private static RedriveReport run(Redrive redrive) {
    try {
      return redrive.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void interrupt_endsTheRunBetweenTwoBatches_andTheNextOneDoesTheRest() throws Exception {
    Topics topics = withLetters("stopped-", 150);

    RedriveReport stopped =
        redrive(topics, false, line -> Thread.currentThread().interrupt()).run();

    assertThat(Thread.interrupted()).isFalse();
    assertThat(stopped.stopped()).isTrue();
    assertThat(stopped.putBack()).isEqualTo(100);
    assertThat(redrive(topics).putBack()).isEqualTo(50);
    assertEachOnce(topics, 150);
  }

  @Test
  void missingTopics_areNamedWithTheCommandThatMakesThem() {
    assertThatThrownBy(() -> redrive(Topics.withPrefix("none-")))
        .isInstanceOf(ToolException.class)
        .hasMessage(
            "there is no topic none-frames at %s; `catseye topics create` makes it",
            broker.bootstrapServers());
  }

  @Test
  void mendedFrames_areDetectedThroughTheRealService_andTheCheckerPasses() throws Exception {
    Topics topics = created("mended-");
    Path payloads = Files.createDirectories(folder.resolve("payloads"));
    byte[] picture = Files.readAllBytes(PICTURE);
    sendFrames(topics, payloads, picture);

    try (ServiceProcess service = service(payloads)) {
      service.awaitReady();
      assertThat(masks(topics, 5))
          .extracting(record -> mask(topics, record).outcome())
          .containsExactly(
              Outcome.REJECTED,
              Outcome.REJECTED,
              Outcome.REJECTED,
              Outcome.DETECTED,
              Outcome.REJECTED);

      for (int i = 0; i < 3; i++) {
        Files.write(payloads.resolve(i + ".jpg"), picture);
      }
      assertThat(redrive(topics).putBack()).isEqualTo(4);
      List<ConsumerRecord<byte[], byte[]>> masks = masks(topics, 9);
      assertThat(masks.subList(5, 9))
          .extracting(
              record -> mask(topics, record).frame().orElseThrow().sequence(),
              record -> mask(topics, record).outcome(),
              record -> MaskHeaders.isOvertaken(record.headers()))
          .containsExactly(
              tuple(0L, Outcome.DETECTED, true),
              tuple(1L, Outcome.DETECTED, true),
              tuple(2L, Outcome.DETECTED, true),
              tuple(4L, Outcome.REJECTED, false)); // its picture is as damaged as ever

      assertThat(redrive(topics).putBack()).isEqualTo(1);
      masks(topics, 10);
      RedriveReport last = redrive(topics);
      assertThat(last.putBack()).isZero();
      assertThat(last.examples())
          .singleElement()
          .asString()
          .endsWith("refused 3 times, at most 3 attempts (--max-attempts)");
    }

    assertThat(records(topics.rejects()))
        .extracting(record -> RejectHeaders.read(record.headers()).attempt())
        .containsExactly(1, 1, 1, 1, 2, 3);
    Verdict verdict =
        new Verifier(
                cluster,
                TopicNames.withPrefix("mended-"),
                "mended-catseye-perceive",
                Set.of(),
                RunProfile.LEDGER)
            .verify();
    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
  }

  private static ServiceProcess service(Path payloads) throws IOException {
    Path work = Files.createDirectories(folder.resolve("service"));
    return ServiceProcess.start(
        new Installation(Path.of("..")),
        new ServiceProcess.Setup(
            "one",
            "ledger",
            Path.of("../onnx-models/bundles/starter"),
            broker.bootstrapServers(),
            work,
            work.resolve("service.log"),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            Map.of(
                "CATSEYE_TOPICS_PREFIX",
                "mended-",
                "CATSEYE_REFERENCE_ROOTS",
                payloads.toRealPath().toString())));
  }

  /** Three whose payload lies elsewhere and is not there yet, a sound one, and a damaged one. */
  private static void sendFrames(Topics topics, Path payloads, byte[] picture) throws Exception {
    Bytes sha256 = Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(picture));
    long never = 253_402_300_799_999_999L;
    try (Producer<byte[], byte[]> producer = producer(Map.of())) {
      for (int i = 0; i < 5; i++) {
        String uri = payloads.toRealPath().resolve(i + ".jpg").toUri().toString();
        Frame frame =
            switch (i) {
              case 3 -> picture(i, new InlineContent(Bytes.of(picture)));
              case 4 -> picture(i, new InlineContent(Bytes.of(new byte[1000])));
              default -> picture(i, new ReferenceContent(uri, picture.length, sha256, never));
            };
        producer
            .send(new ProducerRecord<>(topics.frames().name(), Letters.key(), Frames.write(frame)))
            .get();
      }
    }
  }

  private static Frame picture(int sequence, Content content) {
    Frame small = Letters.frame(sequence, content);
    return Frame.sealed(
        small.id(),
        small.clock(),
        1024,
        512,
        small.encoding(),
        content,
        small.driveId(),
        small.calibrationId(),
        small.egoSpeedMps());
  }

  private static Mask mask(Topics topics, ConsumerRecord<byte[], byte[]> record) {
    return topics.masks().serde().deserializer().deserialize("", record.value());
  }

  private static List<ConsumerRecord<byte[], byte[]>> masks(Topics topics, int count)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    List<ConsumerRecord<byte[], byte[]>> masks = records(topics.masks());
    while (masks.size() < count && System.nanoTime() < end) {
      Thread.sleep(200);
      masks = records(topics.masks());
    }
    assertThat(masks).hasSize(count);
    return masks;
  }

  @Test
  @Order(Integer.MAX_VALUE) // the broker is another one afterwards
  void brokerThatDiesInMidRun_isOneMessage_andTheNextRunDoesTheRest() throws Exception {
    Topics topics = withLetters("gone-", 150);
    Redrive run = redrive(topics, false, line -> kill(), Duration.ofSeconds(8));

    assertThatThrownBy(run::run)
        .isInstanceOf(ToolException.class)
        .hasMessageStartingWith("50 frames could not be put back, none of them was: ")
        .hasMessageEndingWith("(100 were put back before that)");

    broker.close();
    broker = LocalBroker.start(place);
    RedriveReport rest = redrive(topics, false, line -> {}, Duration.ofSeconds(30)).run();
    assertThat(rest.putBack()).isEqualTo(50);
    assertEachOnce(topics, 150);
  }

  private static void kill() {
    ProcessHandle.of(broker.process().pid()).ifPresent(ProcessHandle::destroyForcibly);
  }
}
