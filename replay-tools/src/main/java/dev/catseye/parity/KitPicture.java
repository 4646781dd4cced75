package dev.catseye.parity;

import dev.catseye.image.Decoder;
import dev.catseye.image.FrameException;
import dev.catseye.image.ImageLimits;
import dev.catseye.image.RgbPlane;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The picture that a kit's goldens were made of.
 *
 * @param file where it was found
 * @param frame its pixels
 */
public record KitPicture(Path file, RgbPlane frame) {
  /**
   * Finds the picture and checks that it is the kit's.
   *
   * @param given a file that is said to be it; empty: look for its name in the kit, then in {@code
   *     samples}
   * @throws ToolException if it is not there, is another one, or is no whole picture
   */
  public static KitPicture find(Kit kit, Optional<Path> given, Path samples) throws IOException {
    Path file = given.orElseGet(() -> search(kit, samples));
    if (!Files.isRegularFile(file)) {
      throw new ToolException("no picture: there is no file " + file);
    }
    byte[] bytes = Files.readAllBytes(file);
    String sha256 = sha256(bytes);
    if (!sha256.equalsIgnoreCase(kit.pictureSha256())) {
      throw new ToolException(
          "%s is not the picture of kit %s: SHA-256 %s, expected %s"
              .formatted(file, kit.folder(), sha256, kit.pictureSha256()));
    }
    try {
      return new KitPicture(file, Decoder.decodeRgb(bytes, ImageLimits.DEFAULT));
    } catch (FrameException e) {
      throw new ToolException(file + ": " + e.getMessage(), e);
    }
  }

  private static Path search(Kit kit, Path samples) {
    String name = kit.pictureName();
    return List.of(kit.folder().resolve(name), samples.resolve(name)).stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new ToolException(
                    "no picture: %s is neither in %s nor in %s; --image names it"
                        .formatted(name, kit.folder(), samples)));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
