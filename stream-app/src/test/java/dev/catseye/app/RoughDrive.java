package dev.catseye.app;

import dev.catseye.detect.Detection;
import dev.catseye.image.BytePlane;
import dev.catseye.image.RgbPlane;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameHeaders;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.Frames;
import dev.catseye.testkit.Pictures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The records that {@link Shot}s put on topic frames, 50 ms apart. In the red of a picture stands
 * the anomaly score of each pixel; two things come, go, grow and wander. Used by one thread.
 */
final class RoughDrive {
  static final String PLAN = "entropy";
  static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

  private static final int WIDTH = 48;
  private static final int HEIGHT = 16;
  private static final int SIDE = 6; // of a thing, pixels
  private static final long STEP_MILLIS = 50;
  private static final byte SCORE = (byte) 204; // 0.8
  private static final byte UNSCORABLE = (byte) 255;

  private final List<TestRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Camera[] cameras = {new Camera("front"), new Camera("rear")};

  private RoughDrive() {}

  private static final class Camera {
    private final String name;
    private int boot;
    private long sequence;
    private long clockMicros; // beside the right time
    private int shows; // bit 0 the first thing, bit 1 the second
    private byte[] picture = new byte[0];

    Camera(String name) {
      this.name = name;
    }
  }

  /** The records of topic frames, each with the time at which it was appended. */
  static List<TestRecord<byte[], byte[]>> frames(List<Shot> shots) {
    RoughDrive drive = new RoughDrive();
    shots.forEach(drive::take);
    List<TestRecord<byte[], byte[]>> appended = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : drive.records) {
      Instant when = START.plusMillis(STEP_MILLIS * appended.size());
      appended.add(new TestRecord<>(record.key(), record.value(), record.headers(), when));
    }
    return appended;
  }

  private void take(Shot shot) {
    Camera camera = cameras[shot.camera()];
    camera.shows ^= shot.turn() < 2 ? 1 << shot.turn() : 0;
    int last = records.size() - 1;
    switch (shot.mishap()) {
      case GAP -> camera.sequence += 1 + shot.amount();
      case RESTART -> {
        camera.boot++;
        camera.sequence = 0;
      }
      case CLOCK_BACK -> camera.clockMicros -= 10_000L * shot.amount();
      default -> {}
    }
    switch (shot.mishap()) {
      case AGAIN -> {
        if (last >= 0) {
          records.add(records.get(last - Math.min(last, shot.amount())));
        }
      }
      case LEFT_OVER -> records.add(record(camera, "boot-" + (camera.boot - 1), picture(shot)));
      case SWAPPED -> records.add(Math.max(0, last), record(camera, boot(camera), picture(shot)));
      case DAMAGED -> records.add(damaged(record(camera, boot(camera), picture(shot)), shot));
      case FROZEN -> {
        byte[] same = camera.picture.length == 0 ? picture(shot) : camera.picture;
        records.add(record(camera, boot(camera), same));
      }
      default -> records.add(record(camera, boot(camera), picture(shot)));
    }
  }

  private static String boot(Camera camera) {
    return "boot-" + camera.boot;
  }

  private TestRecord<byte[], byte[]> record(Camera camera, String boot, byte[] picture) {
    long capture =
        1000 * (START.toEpochMilli() + STEP_MILLIS * records.size()) + camera.clockMicros;
    FrameId id = new FrameId(camera.name, boot, camera.sequence++, capture);
    camera.picture = picture;
    Encoding encoding = picture.length == 3 * WIDTH * HEIGHT ? Encoding.RGB8 : Encoding.JPEG;
    Frame frame = Pictures.frame(id, encoding, WIDTH, HEIGHT, picture);
    RecordHeaders headers = new RecordHeaders();
    FrameHeaders.write(frame, headers);
    byte[] key = camera.name.getBytes(StandardCharsets.UTF_8);
    return new TestRecord<>(key, Frames.write(frame), headers);
  }

  private static TestRecord<byte[], byte[]> damaged(TestRecord<byte[], byte[]> record, Shot shot) {
    byte[] value = record.value().clone();
    value[shot.amount() * (value.length - 1) / 90] ^= (byte) (1 << shot.amount() % 8);
    return new TestRecord<>(record.key(), value, record.headers());
  }

  /** Payload of the next picture of a camera. */
  private byte[] picture(Shot shot) {
    if (shot.mishap() == Shot.Mishap.NO_PICTURE) {
      return new byte[] {1, 2, 3};
    }
    byte[] pixels = new byte[3 * WIDTH * HEIGHT];
    if (shot.mishap() == Shot.Mishap.DARK) {
      return pixels;
    }
    Random noise = new Random(records.size());
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 == 0 ? 0 : noise.nextInt(256));
    }
    int shows = cameras[shot.camera()].shows;
    int wander = records.size() / 4 % 12;
    if ((shows & 1) != 0) {
      fill(pixels, wander, 2, SIDE + records.size() / 16 % 4);
    }
    if ((shows & 2) != 0) {
      fill(pixels, WIDTH - SIDE - wander, 8, SIDE);
    }
    if (shot.mishap() == Shot.Mishap.UNSCORABLE) {
      pixels[0] = UNSCORABLE;
    }
    return pixels;
  }

  private static void fill(byte[] pixels, int left, int top, int side) {
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        pixels[3 * (y * WIDTH + x)] = SCORE;
      }
    }
  }

  /**
   * Scores a picture of such a drive.
   *
   * @throws IllegalStateException for the one on which inference is to fail
   */
  static Detection detection(RgbPlane picture) {
    byte[] map = new byte[picture.width() * picture.height()];
    for (int i = 0; i < map.length; i++) {
      map[i] = (byte) picture.red(i % picture.width(), i / picture.width());
    }
    if (map[0] == UNSCORABLE) {
      throw new IllegalStateException("no score for this picture");
    }
    return new Detection(
        Map.of(PLAN, BytePlane.owning(picture.width(), picture.height(), map)),
        Optional.empty(),
        Map.of(),
        1000);
  }
}
