package dev.catseye.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * JPEG by the JDK's reader (C libjpeg), with every warning a refusal: a truncated file decodes with
 * a warning as its only sign.
 */
final class JpegDecoder {
  private JpegDecoder() {}

  static RgbPlane decode(byte[] bytes, ImageSize size) {
    byte[] jpeg = JpegFile.checkedWithoutMetadata(bytes);
    BufferedImage image = read(jpeg);
    if (image.getWidth() != size.width() || image.getHeight() != size.height()) {
      throw DecodeException.damaged(
          String.format(
              "JPEG decodes to %dx%d, its header says %dx%d",
              image.getWidth(), image.getHeight(), size.width(), size.height()));
    }
    return RgbPlane.owning(size.width(), size.height(), samples(image.getRaster()));
  }

  private static BufferedImage read(byte[] jpeg) {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    AtomicReference<String> warning = new AtomicReference<>();
    IIOReadWarningListener listener = (source, text) -> warning.compareAndSet(null, text);
    // A memory stream of our own: ImageIO's default keeps a temporary file per picture.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.addIIOReadWarningListener(listener);
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      if (warning.get() != null) {
        throw DecodeException.damaged("JPEG damaged: " + warning.get());
      }
      return image;
    } catch (IOException | RuntimeException e) {
      throw e instanceof FrameException known
          ? known
          : DecodeException.damaged("JPEG damaged: " + e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  /** Samples as stored, band 0 red: {@code getRGB} would run grey through a gamma curve. */
  private static byte[] samples(Raster raster) {
    if (raster.getTransferType() != DataBuffer.TYPE_BYTE) {
      throw DecodeException.unsupported("JPEG of more than 8 bits per sample");
    }
    int width = raster.getWidth();
    int height = raster.getHeight();
    int bands = raster.getNumBands();
    byte[] rgb = new byte[3 * width * height];
    byte[] row = new byte[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getDataElements(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          rgb[(y * width + x) * 3 + c] = row[x * bands + (bands == 1 ? 0 : c)];
        }
      }
    }
    return rgb;
  }
}
