package dev.catseye.streambench;

import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.Outcome;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.ChildJvm;
import dev.catseye.topics.Catalogue;
import dev.catseye.traffic.Beat;
import dev.catseye.traffic.Cameras;
import dev.catseye.traffic.Picture;
import dev.catseye.traffic.RecordWatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The transactional client that the service is held against, on topics of its own, and a watch on
 * what it writes. Used by one thread.
 */
final class RawClient implements Way, AutoCloseable {
  private static final String PREFIX = "raw-";
  private static final Duration START = Duration.ofMinutes(2);

  private final BenchBroker broker; // borrowed
  private final Topics topics;
  private final ChildJvm child;
  private final MaskTape tape = new MaskTape();
  private final RecordWatch watch;

  private RawClient(BenchBroker broker, Topics topics, ChildJvm child) {
    this.broker = broker;
    this.topics = topics;
    this.child = child;
    this.watch = RecordWatch.start(broker.cluster().config(), topics.masks(), this::see);
  }

  /**
   * Makes its topics and starts it; it has no partitions yet.
   *
   * @param broker borrowed
   * @param maskBytes size of each record that it writes
   */
  static RawClient start(BenchBroker broker, int maskBytes) throws InterruptedException {
    Topics topics = Topics.withPrefix(PREFIX).withCameras(broker.topics().cameras().cameras());
    new Catalogue(broker.cluster(), topics, Optional.empty()).create();
    ChildJvm child =
        ChildJvm.start(
            new ChildJvm.Command(
                "raw client",
                List.of(),
                System.getProperty("java.class.path"),
                BenchService.FLAGS,
                RawClientMain.class.getName(),
                List.of(
                    broker.cluster().config().bootstrapServers(),
                    topics.frames().name(),
                    topics.masks().name(),
                    Integer.toString(maskBytes)),
                Map.of(),
                broker.logs().resolve("raw-client.log")));
    return new RawClient(broker, topics, child);
  }

  /** Waits until it has partitions. */
  void awaitReady() throws InterruptedException {
    child.awaitReady(START);
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    tape.answered(
        new MaskTape.Answer(
            Outcome.DETECTED,
            FrameHeaders.read(record.headers()).map(FrameHeaders::id),
            record.timestamp(),
            Feeding.nowMicros(),
            0));
  }

  @Override
  public MaskTape tape() {
    return tape;
  }

  @Override
  public Cameras cameras(String boot, List<Picture> pictures, Beat beat) {
    return Cameras.start(
        broker.cluster().config(), topics, boot, pictures, beat, sent -> tape.sent());
  }

  @Override
  public void requireAlive() throws InterruptedException {
    if (!child.isAlive()) {
      throw child.ended(child.await());
    }
  }

  @Override
  public void close() {
    child.close();
    watch.close();
  }
}
