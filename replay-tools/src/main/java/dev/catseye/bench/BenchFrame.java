package dev.catseye.bench;

import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The frame that every run scores.
 *
 * @param picture its pixels
 * @param origin where they come from, in words
 */
public record BenchFrame(RgbPlane picture, String origin) {
  private static final int SEED = 1;

  /** Even noise over all bytes, the same at every call. */
  public static BenchFrame noise(int width, int height) {
    byte[] values = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
    new SplittableRandom(SEED).nextBytes(values);
    return new BenchFrame(RgbPlane.owning(width, height, values), "noise of seed " + SEED);
  }

  /**
   * A picture file: JPEG, PNG or WebP.
   *
   * @throws IOException if it cannot be read
   * @throws ToolException if it is no whole picture, or too large
   */
  public static BenchFrame read(Path file) throws IOException {
    try {
      ImageLimits limits = ImageLimits.DEFAULT;
      limits.checkBytes(Files.size(file)); // before it is read
      RgbPlane picture = Decoder.decodeRgb(Files.readAllBytes(file), limits);
      return new BenchFrame(picture, "picture " + file);
    } catch (FrameException e) {
      throw new ToolException(file + ": " + e.getMessage(), e);
    }
  }
}
