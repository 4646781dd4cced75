package dev.catseye.chaos;

import dev.catseye.image.FrameException;
import dev.catseye.image.ImageHeader;
import dev.catseye.image.ImageSize;
import dev.catseye.schemas.Bytes;
import dev.catseye.tools.ToolException;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * What a camera sees.
 *
 * @param jpeg the file, unchanged
 * @param width in pixels
 * @param height in pixels
 */
record Picture(Bytes jpeg, int width, int height) {
  /**
   * A picture file.
   *
   * @throws ToolException if it is none
   */
  static Picture of(byte[] file) {
    try {
      ImageSize size = ImageHeader.read(file);
      return new Picture(Bytes.of(file), size.width(), size.height());
    } catch (FrameException e) {
      throw new ToolException("a picture of the drive cannot be sent: " + e.getMessage(), e);
    }
  }

  /** The same picture in another size. */
  Picture resizedTo(int wide, int high) {
    try {
      BufferedImage small = ImageIO.read(new ByteArrayInputStream(jpeg.toArray()));
      BufferedImage large = new BufferedImage(wide, high, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D graphics = large.createGraphics();
      graphics.drawImage(small, 0, 0, wide, high, null);
      graphics.dispose();
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      ImageIO.write(large, "jpg", file);
      return new Picture(Bytes.wrap(file.toByteArray()), wide, high);
    } catch (IOException e) {
      throw new ToolException("a picture of the drive cannot be resized: " + e.getMessage(), e);
    }
  }

  /** The same with its second half cut off. */
  Picture truncated() {
    byte[] all = jpeg.toArray();
    return new Picture(Bytes.wrap(Arrays.copyOf(all, all.length / 2)), width, height);
  }
}
