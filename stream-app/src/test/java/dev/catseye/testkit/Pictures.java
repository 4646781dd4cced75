package dev.catseye.testkit;

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
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Frames for tests. */
public final class Pictures {
  public static final int WIDTH = 128;
  public static final int HEIGHT = 64;

  private static final int BLOCK = 8;

  private Pictures() {}

  /** A picture of seeded colour blocks, as a file of that format ({@code jpg}, {@code png}). */
  public static byte[] file(String format, int width, int height, long seed) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int y = 0; y < height; y += BLOCK) {
      for (int x = 0; x < width; x += BLOCK) {
        fill(image, x, y, random.nextInt(1 << 24));
      }
    }
    return encoded(image, format);
  }

  /** A picture of one colour, as a file. */
  public static byte[] plainFile(String format, int width, int height, int colour) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y += BLOCK) {
      for (int x = 0; x < width; x += BLOCK) {
        fill(image, x, y, colour);
      }
    }
    return encoded(image, format);
  }

  /** A PNG whose header, sealed as it should be, names another size than its pixels have. */
  public static byte[] pngThatClaims(int width, int height) {
    ByteBuffer png = ByteBuffer.wrap(file("png", 64, 64, 1));
    png.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17); // type and data of the first chunk
    return png.putInt(29, (int) crc.getValue()).array();
  }

  private static void fill(BufferedImage image, int left, int top, int colour) {
    for (int y = top; y < Math.min(top + BLOCK, image.getHeight()); y++) {
      for (int x = left; x < Math.min(left + BLOCK, image.getWidth()); x++) {
        image.setRGB(x, y, colour);
      }
    }
  }

  private static byte[] encoded(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A sound JPEG frame, captured {@code sequence} tenths of a second after {@code startMicros}. */
  public static Frame frame(String camera, long sequence, long startMicros) {
    byte[] payload = file("jpg", WIDTH, HEIGHT, sequence);
    FrameId id = new FrameId(camera, "boot-1", sequence, startMicros + 100_000 * sequence);
    return frame(id, Encoding.JPEG, WIDTH, HEIGHT, payload);
  }

  /** A frame with a checksum that holds. */
  public static Frame frame(FrameId id, Encoding encoding, int width, int height, byte[] payload) {
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
