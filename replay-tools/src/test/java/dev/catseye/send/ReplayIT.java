package dev.catseye.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catseye.broker.LocalBroker;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.GroundTruth;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.source.CaptureTimes;
import dev.catseye.source.Drive;
import dev.catseye.source.DriveFixture;
import dev.catseye.source.Itinerary;
import dev.catseye.source.LabelFolder;
import dev.catseye.source.LabelView;
import dev.catseye.source.LostAndFound;
import dev.catseye.source.PlannedFrame;
import dev.catseye.source.Selection;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.ToolException;
import dev.catseye.tools.TopicReader;
import dev.catseye.topics.Catalogue;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files on disk to records on a real broker. */
final class ReplayIT {
  private static final String SCENE = "01_Turmstr_17";
  private static final String DRIVE = SCENE + "_000000";

  private static LocalBroker broker;
  private static Cluster cluster;

  @TempDir private Path root;
  private DriveFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start();
    cluster = Cluster.connect(ClientConfig.of(broker.bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    broker.close();
  }

  @BeforeEach
  void newFixture() {
    fixture = new DriveFixture(root);
  }

  private static Topics created(String prefix) throws Exception {
    Topics topics = Topics.withPrefix(prefix);
    new Catalogue(cluster, topics, Optional.of(1)).create();
    return topics;
  }

  private List<PlannedFrame> plan() throws Exception {
    LabelFolder labels = LabelFolder.open(root.resolve("gtCoarse"), LabelView.OBSTACLE);
    List<Drive> drives = LostAndFound.list(root, Selection.ALL, Optional.of(labels));
    return new Itinerary("front", Optional.empty(), "", Duration.ofMillis(100))
        .frames(drives, CaptureTimes.every(Duration.ofMillis(100)));
  }

  private static ReplayReport send(Topics topics, TimePolicy policy, List<PlannedFrame> frames)
      throws InterruptedException {
    ProgressBar nobody = new ProgressBar(new PrintWriter(Writer.nullWriter()), false, "", 1);
    return new Replay(cluster, topics, Pace.parse("x10"), policy, sent -> {}).send(frames, nobody);
  }

  private static List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (TopicReader reader = new TopicReader(cluster.config(), IsolationLevel.READ_COMMITTED)) {
      reader.read(reader.ends(reader.partitions(List.of(topic.name()))), records::add);
    }
    return records;
  }

  private static <T> List<T> values(Topic<T> topic) {
    return records(topic).stream()
        .map(each -> topic.serde().deserializer().deserialize(topic.name(), each.value()))
        .toList();
  }

  @Test
  void aDrive_arrivesWithIdentitiesBytesHeadersAndLabels() throws Exception {
    Topics topics = created("whole-");
    Path first = fixture.labelled("test", SCENE, DRIVE + "_000020");
    Path second = fixture.labelled("test", SCENE, DRIVE + "_000030");
    byte[] jpeg = DriveFixture.image("jpg");
    Files.write(second, jpeg); // a JPEG named .png is no mistake

    ReplayReport report = send(topics, TimePolicy.KEEP, plan());

    assertThat(report.complete()).isTrue();
    assertThat(report.labels()).isEqualTo(2);
    List<Frame> frames = values(topics.frames());
    assertThat(frames)
        .extracting(Frame::id)
        .containsExactly(
            new FrameId("front", DRIVE, 0, 0), new FrameId("front", DRIVE, 1, 100_000));
    assertThat(frames).extracting(Frame::encoding).containsExactly(Encoding.PNG, Encoding.JPEG);
    assertThat(frames)
        .extracting(Frame::content)
        .containsExactly(
            new InlineContent(Bytes.of(Files.readAllBytes(first))),
            new InlineContent(Bytes.of(jpeg)));
    assertThat(frames).allMatch(Frame::checksumHolds);
    ConsumerRecord<byte[], byte[]> record = records(topics.frames()).get(0);
    assertThat(record.key()).asString().isEqualTo("front");
    assertThat(FrameHeaders.read(record.headers()))
        .hasValueSatisfying(copy -> assertThat(copy.id()).isEqualTo(frames.get(0).id()));
    List<GroundTruth> truths = values(topics.groundTruth());
    assertThat(truths)
        .extracting(GroundTruth::frame)
        .containsExactlyElementsOf(frames.stream().map(Frame::id).toList());
    assertThat(truths).extracting(GroundTruth::view).containsOnly("obstacle");
  }

  @Test
  void listedCamera_hasFramesAndLabelsOnThePartitionOfItsPlace() throws Exception {
    Topics topics = Topics.withPrefix("listed-").withCameras(List.of("left", "rear", "front"));
    new Catalogue(cluster, topics, Optional.empty()).create();
    fixture.labelled("test", SCENE, DRIVE + "_000020");

    assertThat(send(topics, TimePolicy.KEEP, plan()).complete()).isTrue();

    assertThat(records(topics.frames())).extracting(ConsumerRecord::partition).containsExactly(2);
    assertThat(records(topics.groundTruth()))
        .extracting(ConsumerRecord::partition)
        .containsExactly(2);
  }

  @Test
  void restamped_framesAreOfNow() throws Exception {
    Topics topics = created("now-");
    fixture.labelled("test", SCENE, DRIVE + "_000020");
    long before = System.currentTimeMillis() * 1000;

    send(topics, TimePolicy.RESTAMP, plan());

    Frame frame = values(topics.frames()).get(0);
    assertThat(frame.clock()).isEqualTo(ClockDomain.UTC);
    assertThat(frame.id().captureMicros())
        .isBetween(before, System.currentTimeMillis() * 1000 + 1000);
    assertThat(values(topics.groundTruth()).get(0).frame()).isEqualTo(frame.id());
  }

  @Test
  void aFileThatIsNoPicture_isSkippedByNameAndTheRestIsSent() throws Exception {
    Topics topics = created("odd-");
    Path bad = fixture.labelled("test", SCENE, DRIVE + "_000020");
    fixture.labelled("test", SCENE, DRIVE + "_000030");
    Files.write(bad, new byte[] {1, 2, 3});

    ReplayReport report = send(topics, TimePolicy.KEEP, plan());

    assertThat(report.complete()).isFalse();
    assertThat(report.frames()).isEqualTo(1);
    assertThat(report.skipped()).singleElement().asString().startsWith(bad + ": ");
    assertThat(values(topics.frames()))
        .extracting(frame -> frame.id().sequence())
        .containsExactly(1L);
  }

  @Test
  void aPictureTooLargeForItsTopic_isSkippedWithBothSizes() throws Exception {
    Topics topics = Topics.withPrefix("small-");
    NewTopic small =
        topics.frames().toNewTopic((short) 1).configs(Map.of("max.message.bytes", "200"));
    NewTopic labels = topics.groundTruth().toNewTopic((short) 1);
    cluster.ask(cluster.admin().createTopics(List.of(small, labels)).all());
    fixture.labelled("test", SCENE, DRIVE + "_000020");

    ReplayReport report = send(topics, TimePolicy.KEEP, plan());

    assertThat(report.frames()).isZero();
    assertThat(report.skipped())
        .singleElement()
        .asString()
        .matches(
            "frame front/01_Turmstr_17_000000/0: \\d+ bytes, topic small-frames takes 200"
                + " \\(max.message.bytes\\)");
  }

  @Test
  void missingTopics_areNamedWithTheCommandThatMakesThem() throws Exception {
    fixture.labelled("test", SCENE, DRIVE + "_000020");
    List<PlannedFrame> frames = plan();
    assertThatThrownBy(() -> send(Topics.withPrefix("none-"), TimePolicy.KEEP, frames))
        .isInstanceOf(ToolException.class)
        .hasMessage(
            "there is no topic none-frames at %s; `catseye topics create` makes it",
            broker.bootstrapServers());
  }

  @Test
  void anInterrupt_endsTheReplayAndTheReportCountsWhatWasSent() throws Exception {
    Topics topics = created("stopped-");
    for (int i = 0; i < 9; i++) {
      fixture.labelled("test", SCENE, DRIVE + "_0000" + (10 + i));
    }
    List<PlannedFrame> frames = plan();
    ProgressBar nobody = new ProgressBar(new PrintWriter(Writer.nullWriter()), false, "", 1);
    Replay replay =
        new Replay(
            cluster, topics, Pace.parse("recorded"), TimePolicy.KEEP, id -> interruptAt(id, 2));

    ReplayReport report = replay.send(frames, nobody);

    assertThat(report.stopped()).isTrue();
    assertThat(report.frames()).isEqualTo(values(topics.frames()).size()).isBetween(2, 3);
  }

  private static void interruptAt(FrameId id, long sequence) {
    if (id.sequence() == sequence) {
      Thread.currentThread().interrupt();
    }
  }
}
