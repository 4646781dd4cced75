package dev.catseye.traffic;

import dev.catseye.image.FrameException;
import dev.catseye.image.ImageHeader;
import dev.catseye.image.ImageSize;
import dev.catseye.schemas.Bytes;
import dev.catseye.schemas.Encoding;
import dev.catseye.service.Installation;
import dev.catseye.source.Drive;
import dev.catseye.source.LostAndFound;
import dev.catseye.source.Selection;
import dev.catseye.tools.ToolException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * What a camera sees.
 *
 * @param encoding of the payload
 * @param payload a picture file, unchanged, or raw pixels
 * @param width in pixels
 * @param height in pixels
 */
public record Picture(Encoding encoding, Bytes payload, int width, int height) {
  /**
   * A picture file.
   *
   * @throws ToolException if it is none
   */
  public static Picture of(byte[] file) {
    try {
      ImageSize size = ImageHeader.read(file);
      Encoding encoding = Encoding.valueOf(size.format().name());
      return new Picture(encoding, Bytes.of(file), size.width(), size.height());
    } catch (FrameException e) {
      throw new ToolException("a picture of the drive cannot be sent: " + e.getMessage(), e);
    }
  }

  /** The first pictures of the drive that is shipped, {@code count} at most. */
  public static List<Picture> ofDemoDrive(Installation installation, int count) throws IOException {
    List<Drive> drives =
        LostAndFound.list(installation.demoDrive(), Selection.ALL, Optional.empty());
    List<Picture> pictures = new ArrayList<>();
    for (dev.catseye.source.Picture picture : drives.get(0).pictures()) {
      if (pictures.size() < count) {
        pictures.add(Picture.of(Files.readAllBytes(picture.file())));
      }
    }
    return pictures;
  }

  /** Raw pixels, rgb8: even noise over all bytes, the same for each seed. */
  public static Picture noise(int width, int height, long seed) {
    byte[] pixels = new byte[3 * width * height];
    new SplittableRandom(seed).nextBytes(pixels);
    return new Picture(Encoding.RGB8, Bytes.wrap(pixels), width, height);
  }

  /** The same picture in another size. */
  public Picture resizedTo(int wide, int high) {
    try {
      BufferedImage small = ImageIO.read(new ByteArrayInputStream(payload.toArray()));
      BufferedImage large = new BufferedImage(wide, high, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = large.createGraphics();
      graphics.drawImage(small, 0, 0, wide, high, null);
      graphics.dispose();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(large, "jpg", file);
      return new Picture(Encoding.JPEG, Bytes.wrap(file.toByteArray()), wide, high);
    } catch (IOException e) {
      throw new ToolException("a picture of the drive cannot be resized: " + e.getMessage(), e);
    }
  }

  /** The same with its second half cut off. */
  public Picture truncated() {
    byte[] all = payload.toArray();
    return new Picture(encoding, Bytes.wrap(Arrays.copyOf(all, all.length / 2)), width, height);
  }
}
