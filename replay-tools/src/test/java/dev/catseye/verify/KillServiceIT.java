package dev.catseye.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Mask;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import dev.catseye.service.Installation;
import dev.catseye.service.ServiceProcess;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.TopicReader;
import dev.catseye.topics.Catalogue;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the service with a frame in inference, again and again; afterwards every frame has
 * exactly one committed outcome.
 *
 * <p>How a kill is known to have hit a frame in inference: the gauge {@code
 * catseye_inference_running} was asked at a moment when it said 0, and then said 1. The inference
 * that it names began between, so it cannot have ended before that moment plus the shortest
 * inference of the whole run (as the masks tell it). A kill that came later than that, or found no
 * process, does not count and is repeated.
 *
 * <p>{@code -Dcatseye.kills=50 -Dcatseye.seed=7} makes it longer and others.
 */
class KillServiceIT {
  private static final int KILLS = Integer.getInteger("catseye.kills", 5);
  private static final long SEED = Long.getLong("catseye.seed", 1);
  private static final int FRAMES_PER_LIFE = 48; // a quarter of them sound: more than a life needs
  private static final int MOST_INFERENCES = 4; // seen to begin before a kill
  private static final String RUNNING = "catseye_inference_running 1.0";
  private static final Duration PATIENCE = Duration.ofSeconds(90); // a start on a busy machine
  private static final int WIDTH = 4096;
  private static final int HEIGHT = 2048;
  private static final Path PICTURE =
      Path.of("drives/demo/leftImg8bit/test/90_Drawn/90_Drawn_000000_000000_leftImg8bit.jpg");
  private static final List<String> CAMERAS = List.of("left", "right");
  private static final String PREFIX = "kill-";
  private static final TopicNames TOPICS = TopicNames.withPrefix(PREFIX);

  private static LocalBroker broker;
  private static Cluster cluster;
  private static Producer<String, byte[]> producer;

  private static Bytes picture;

  @TempDir private static Path temporary;

  private final Topics topics = Topics.withPrefix(PREFIX);
  private final Random random = new Random(SEED);
  private int sent;

  @BeforeAll
  static void start() throws Exception {
    picture = enlarged();
    broker = LocalBroker.start();
    cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
    producer =
        new KafkaProducer<>(
            cluster.config().with(Map.of()), new StringSerializer(), new ByteArraySerializer());
  }

  @AfterAll
  static void stop() {
    producer.close();
    cluster.close();
    broker.close();
  }

  @Test
  void killedInInference_everyFrameHasExactlyOneOutcome() throws Exception {
    new Catalogue(cluster, topics, Optional.of(CAMERAS.size())).create();
    List<Long> gaps = new ArrayList<>();
    do { // a quieter machine at the end may show a shorter inference, and then fewer kills count
      killUntilEnoughCount(gaps);
      finish();
    } while (counting(gaps) < KILLS);

    Verifier verifier =
        new Verifier(cluster, TOPICS, PREFIX + "catseye-perceive", Set.of(), RunProfile.LEDGER);
    Verdict verdict = verifier.verify();
    System.out.printf(
        "%d kills (seed %d), %d in inference; microseconds after the idle moment: %s%n%s",
        gaps.size(), SEED, counting(gaps), gaps, VerdictPage.of(verdict));
    assertThat(verdict.examples()).isEmpty();
    assertThat(verdict.doubts()).isEmpty();
    assertThat(verdict.word()).isEqualTo(Verdict.Word.PASS);
    assertThat(verdict.census().judged()).isEqualTo(sent);
    assertThat(verdict.census().outcomes())
        .isEqualTo(Map.of("DETECTED", sent / 4L, "REJECTED", sent * 3L / 4));
    assertThat(verdict.census().aborted()).as("records that kills took back").isNotEmpty();
    assertControlsFail(verifier);
  }

  /** The same run with one outcome dropped, and with one taken back no longer, must not pass. */
  private static void assertControlsFail(Verifier verifier) throws InterruptedException {
    RecordedRun run = verifier.read();
    Place middle = run.masks().get(run.masks().size() / 2);
    assertThat(run.without(middle).judge(Set.of(), RunProfile.LEDGER).violations())
        .isEqualTo(Map.of(Promise.B1, 1L));
    RawRecord takenBack = verifier.takenBack().get(0);
    assertThat(run.with(takenBack).judge(Set.of(), RunProfile.LEDGER).violations())
        .isEqualTo(Map.of(Promise.B1, 1L));
  }

  /** Kills until enough kills count; adds for each its microseconds after the idle moment. */
  private void killUntilEnoughCount(List<Long> gaps) throws Exception {
    while (counting(gaps) < KILLS) {
      assertThat(gaps).as("kills; too few in inference").hasSizeLessThan(3 * KILLS);
      sendFrames(FRAMES_PER_LIFE);
      try (ServiceProcess service = service()) {
        long idle = awaitInferences(service, 1 + random.nextInt(MOST_INFERENCES));
        service.process().forceEnd();
        long killed = System.nanoTime();
        assertThat(service.process().await()).as("ended by SIGKILL").isEqualTo(128 + 9);
        gaps.add((killed - idle) / 1000);
      }
    }
  }

  /**
   * Waits until {@code count} further frames were seen to enter inference.
   *
   * @return a moment (of {@link System#nanoTime()}) at which the last of them was not yet in
   *     inference: the request was sent after it and answered that none was
   */
  private static long awaitInferences(ServiceProcess service, int count)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long lastIdle = System.nanoTime();
    int seen = 0;
    boolean before = true; // a frame that is in inference already has no known beginning
    while (seen < count) {
      service.requireAlive();
      assertThat(System.nanoTime()).as("no frame in inference").isLessThan(deadline);
      long asked = System.nanoTime();
      Optional<Boolean> running = service.metrics().map(page -> page.contains(RUNNING));
      if (running.isEmpty()) {
        Thread.sleep(50); // it does not listen yet
        continue;
      }
      lastIdle = running.get() ? lastIdle : asked;
      seen += running.get() && !before ? 1 : 0;
      before = running.get();
    }
    return lastIdle;
  }

  /** How many kills surely hit: sooner after the idle moment than any inference takes. */
  private long counting(List<Long> gapsMicros) {
    long shortest =
        masks().stream()
            .filter(mask -> mask.outcome() == Outcome.DETECTED)
            .mapToLong(mask -> mask.stages().infer())
            .min()
            .orElse(0);
    return gapsMicros.stream().filter(gap -> gap < shortest).count();
  }

  /** Lets the service finish all frames and stops it in order. */
  private void finish() throws Exception {
    ServiceProcess service = service();
    try {
      long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (masks().size() < sent && System.nanoTime() < deadline) {
        Thread.sleep(500);
      }
    } finally {
      service.close();
    }
    assertThat(service.process().await()).as("orderly end").isZero();
  }

  private static ServiceProcess service() {
    return ServiceProcess.start(
        new Installation(Path.of("..")),
        new ServiceProcess.Setup(
            "one",
            "ledger",
            Path.of("../onnx-models/bundles/starter"),
            broker.bootstrapServers(),
            temporary,
            temporary.resolve("service.log"),
            List.of("-Xmx512m", "-XX:+UseSerialGC"),
            Map.of("CATSEYE_TOPICS_PREFIX", PREFIX)));
  }

  /** Committed masks so far. */
  private List<Mask> masks() {
    List<Mask> masks = new ArrayList<>();
    try (TopicReader reader = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED)) {
      reader.read(
          reader.ends(reader.partitions(List.of(topics.masks().name()))),
          record ->
              masks.add(topics.masks().serde().deserializer().deserialize("", record.value())));
    }
    return masks;
  }

  /**
   * Sends frames of all cameras in turn. Three of four are damaged on the way: their refusals are
   * written at once, and the last not yet committed when a sound frame goes into inference, so that
   * a kill there leaves something to take back.
   */
  private void sendFrames(int count) throws Exception {
    for (int i = 0; i < count; i++, sent++) {
      int camera = sent % CAMERAS.size();
      int sequence = sent / CAMERAS.size();
      byte[] value = topics.frames().serde().serializer().serialize("", frame(camera, sequence));
      if (isDamaged(sequence)) {
        value[value.length / 2] ^= 1;
      }
      producer
          .send(new ProducerRecord<>(topics.frames().name(), camera, CAMERAS.get(camera), value))
          .get();
    }
  }

  private static boolean isDamaged(int sequence) {
    return sequence % 4 != 0;
  }

  private static Frame frame(int camera, int sequence) {
    return Frame.sealed(
        new FrameId(CAMERAS.get(camera), "boot", sequence, 100_000L * sequence),
        ClockDomain.SEQUENCE_RELATIVE,
        WIDTH,
        HEIGHT,
        Encoding.JPEG,
        new InlineContent(isDamaged(sequence) ? Bytes.of(new byte[1000]) : picture),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** A picture of the demo drive, enlarged: the graph's own resizing makes inference slow. */
  private static Bytes enlarged() throws IOException {
    BufferedImage small = ImageIO.read(PICTURE.toFile());
    BufferedImage large = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = large.createGraphics();
    graphics.drawImage(small, 0, 0, WIDTH, HEIGHT, null);
    graphics.dispose();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(large, "jpg", jpeg);
    return Bytes.wrap(jpeg.toByteArray());
  }
}
