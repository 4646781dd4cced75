package dev.catseye.app;

import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.ClockDomain;
import dev.catseye.schemas.Encoding;
import dev.catseye.schemas.Frame;
import dev.catseye.schemas.FrameId;
import dev.catseye.schemas.InlineContent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import javax.imageio.ImageIO;

/** Frames for tests. */
final class Pictures {
  static final int WIDTH = 128;
  static final int HEIGHT = 64;

  private Pictures() {}

  /** A picture of seeded noise blocks, as a file of that format ({@code jpg}, {@code png}). */
  static byte[] file(String format, int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int y = 0; y < height; y += 8) {
      for (int x = 0; x < width; x += 8) {
        int colour = random.nextInt(1 << 24);
        for (int i = 0; i < 64; i++) {
          image.setRGB(Math.min(width - 1, x + i % 8), Math.min(height - 1, y + i / 8), colour);
        }
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A sound JPEG frame taken now. */
  static Frame frame(String camera, long sequence) {
    byte[] payload = file("jpg", WIDTH, HEIGHT, sequence);
    return frame(id(camera, sequence), Encoding.JPEG, WIDTH, HEIGHT, payload);
  }

  static FrameId id(String camera, long sequence) {
    return new FrameId(camera, "boot-1", sequence, Micros.now());
  }

  /** A frame with a checksum that holds. */
  static Frame frame(FrameId id, Encoding encoding, int width, int height, byte[] payload) {
    return Frame.sealed(
        id,
        ClockDomain.UTC,
        width,
        height,
        encoding,
        new InlineContent(Bytes.wrap(payload)),
        "drive-1",
        Optional.empty(),
        OptionalDouble.empty());
  }
}
