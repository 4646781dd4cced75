package dev.catseye.record;

import dev.catseye.schemas.FrameId;
import java.util.Locale;

/**
 * File names made from frame identities: {@code camera.boot.n000007}, other characters than
 * letters, digits and .-_ as _.
 */
final class FrameFile {
  private FrameFile() {}

  /**
   * Name without suffix. No name is the beginning of another one's, so that a name can be searched
   * for.
   */
  static String stem(FrameId id) {
    return String.format(
        Locale.ROOT, "%s.%s.n%06d", safe(id.cameraId()), safe(id.bootId()), id.sequence());
  }

  private static String safe(String text) {
    return text.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
