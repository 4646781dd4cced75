package dev.catseye.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Writes small drives in the layout of Lost &amp; Found, as the data set's own loaders expect it.
 */
public final class DriveFixture {
  /** Width of the pictures in pixels. */
  public static final int WIDTH = 32;

  /** Height of the pictures in pixels. */
  public static final int HEIGHT = 16;

  private final Path root;

  public DriveFixture(Path root) {
    this.root = root;
  }

  /** Writes a picture with both kinds of coarse labels; returns the picture's file. */
  public Path labelled(String split, String scene, String name) {
    write(place("gtCoarse", split, scene).resolve(name + "_gtCoarse_labelIds.png"), labels(1));
    write(place("gtCoarse", split, scene).resolve(name + "_gtCoarse_labelTrainIds.png"), labels(1));
    return picture(split, scene, name);
  }

  /** Writes a picture without labels; returns its file. */
  public Path picture(String split, String scene, String name) {
    return write(
        place("leftImg8bit", split, scene).resolve(name + "_leftImg8bit.png"), image("png"));
  }

  /** Writes a mask as Fishyscapes names them. */
  public void mask(int number, String name) {
    write(
        root.resolve("fishyscapes_lostandfound/%04d_%s_labels.png".formatted(number, name)),
        labels(0));
  }

  /** A picture file in a format of ImageIO: png or jpg. */
  public static byte[] image(String format) {
    return encoded(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR), format);
  }

  /** A grey PNG of one value. */
  public static byte[] labels(int value) {
    BufferedImage grey = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        grey.getRaster().setSample(x, y, 0, value);
      }
    }
    return encoded(grey, "png");
  }

  private static byte[] encoded(BufferedImage image, String format) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      ImageIO.write(image, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path place(String type, String split, String scene) {
    return root.resolve(type).resolve(split).resolve(scene);
  }

  private static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
