package dev.catseye.perceive;

import dev.catseye.image.RgbPlane;
import dev.catseye.metrics.Meters;
import dev.catseye.perceive.Passage.Settled;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.schemas.InlineContent;
import dev.catseye.schemas.Origin;
import dev.catseye.schemas.Topics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Takes a picture through the stages of the topology, without Kafka, until classes are loaded and
 * the hot code is compiled. A cold service starts with a backlog that a busy machine never works
 * off.
 */
public final class WarmUp {
  private static final String CAMERA = "warm-up"; // leaves this class in no record

  private WarmUp() {}

  /**
   * Runs the stages over and over, at least once.
   *
   * @param setup borrowed; its meters and work log are not touched
   * @param picture any picture, such as the golden frame
   * @param atMost no further round starts after this time
   * @return rounds run
   */
  public static int run(PerceiveSetup setup, Topics topics, RgbPlane picture, Duration atMost) {
    PerceiveSetup unmetered = unmetered(setup);
    MaskMaker masks = MaskMaker.of(unmetered);
    Admission admission = new Admission(setup.config().maxFrameBytes(), Optional.empty(), masks);
    Decoding decoding = new Decoding(setup, masks);
    Detecting detecting =
        new Detecting(unmetered, masks, topics.masks().maxBytes(), Optional.empty());
    Arrival arrival =
        new Arrival(
            new Origin(topics.frames().name(), 0, 0),
            CAMERA,
            Frames.write(frame(picture)),
            new RecordHeaders(),
            0);
    long end = System.nanoTime() + atMost.toNanos();
    int rounds = 0;
    do {
      Passage admitted = admission.judge(arrival, CameraMemory.NONE);
      Settled settled = detecting.apply(decoding.apply(admitted));
      topics.masks().serde().serializer().serialize(topics.masks().name(), settled.mask());
      rounds++;
    } while (System.nanoTime() < end);
    return rounds;
  }

  private static PerceiveSetup unmetered(PerceiveSetup setup) {
    return new PerceiveSetup(
        setup.config(),
        setup.model(),
        setup.detector(),
        setup.golden(),
        setup.payloads(),
        Optional.empty(),
        new Meters(),
        setup.work(),
        setup.nowMicros(),
        setup.instanceId());
  }

  private static Frame frame(RgbPlane picture) {
    return Frame.sealed(
        new FrameId(CAMERA, CAMERA, 0, 0),
        ClockDomain.SEQUENCE_RELATIVE,
        picture.width(),
        picture.height(),
        Encoding.JPEG, // what cameras send
        new InlineContent(Bytes.wrap(jpeg(picture))),
        CAMERA,
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static byte[] jpeg(RgbPlane picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        image.setRGB(x, y, picture.red(x, y) << 16 | picture.green(x, y) << 8 | picture.blue(x, y));
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail to be written
    }
    return file.toByteArray();
  }
}
