package dev.catseye.record;

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
import dev.catseye.source.DriveFixture;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ToolException;
import dev.catseye.topics.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaskRecorderIT {
  private static final Topics TOPICS = Topics.withPrefix("");

  private static LocalBroker broker;
  private static ClientConfig client;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    broker = LocalBroker.start();
    client = ClientConfig.of(broker.bootstrapServers());
    try (Cluster cluster = Cluster.connect(client);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                client.with(Map.of()), new StringSerializer(), new ByteArraySerializer())) {
      new Catalogue(cluster, TOPICS, Optional.empty()).create();
      for (int i = 0; i < 3; i++) {
        FrameId id = RecordFixture.frame(i);
        Frame frame = frame(id);
        var record = record(TOPICS.frames(), frame);
        FrameHeaders.write(frame, record.headers());
        producer.send(record).get();
        producer.send(record(TOPICS.masks(), RecordFixture.detected(id))).get();
      }
      producer.send(record(TOPICS.masks(), RecordFixture.rejected())).get();
      producer.send(record(TOPICS.masks(), RecordFixture.detected(RecordFixture.frame(0)))).get();
      producer.send(record(TOPICS.groundTruth(), truth(RecordFixture.frame(0)))).get();
    }
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static <T> ProducerRecord<String, byte[]> record(Topic<T> topic, T value) {
    byte[] bytes = topic.serde().serializer().serialize(topic.name(), value);
    return new ProducerRecord<>(topic.name(), "front", bytes);
  }

  private static Frame frame(FrameId id) {
    return Frame.sealed(
        id,
        ClockDomain.MONOTONIC,
        DriveFixture.WIDTH,
        DriveFixture.HEIGHT,
        Encoding.PNG,
        new InlineContent(Bytes.wrap(DriveFixture.image("png"))),
        "",
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static GroundTruth truth(FrameId id) {
    return new GroundTruth(
        id, "", Bytes.wrap(DriveFixture.labels(1)), List.of(1), List.of(0), List.of(255), "test");
  }

  @Test
  void masks_becomeScoresLabelsAndAnIndex() throws Exception {
    MaskRecorder.Report report = new MaskRecorder(client, TOPICS, folder).record();

    assertThat(report).isEqualTo(new MaskRecorder.Report(5, 3, 1, 1));
    assertThat(folder.resolve("scores").toFile().list())
        .containsExactlyInAnyOrder(
            "front.boot.n000000.png", "front.boot.n000001.png", "front.boot.n000002.png");
    assertThat(folder.resolve("labels").toFile().list()).containsExactly("front.boot.n000000.png");
    assertThat(Files.readAllLines(folder.resolve("index.csv"))).hasSize(1 + 5);
  }

  @Test
  void aFolderWithARecording_isRefused() throws Exception {
    Files.createFile(folder.resolve("index.csv"));
    assertThatThrownBy(() -> new MaskRecorder(client, TOPICS, folder).record())
        .isInstanceOf(ToolException.class)
        .hasMessage("folder %s holds a recording already; name another", folder);
  }

  @Test
  void overlays_areOnePerStretch() throws Exception {
    List<Path> files = new Overlays(client, TOPICS).write(folder, 2);
    assertThat(files).hasSize(2).allMatch(Files::isRegularFile);
  }
}
