package dev.catseye.image;

import java.util.Optional;

/** A compressed still picture's format, told from its bytes and never from a name. */
public enum Format {
  /** JPEG: starts with FF D8 FF. */
  JPEG,
  /** PNG: starts with its 8-byte signature. */
  PNG,
  /** WebP: RIFF container of form WEBP. */
  WEBP;

  private static final int[] PNG_SIGNATURE = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** The format whose signature {@code bytes} begins with; empty when it is none of ours. */
  public static Optional<Format> sniff(byte[] bytes) {
    if (startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (startsWith(bytes, 0, PNG_SIGNATURE)) {
      return Optional.of(PNG);
    }
    if (startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    return Optional.empty();
  }

  private static boolean startsWith(byte[] bytes, int offset, int... signature) {
    if (bytes.length < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((bytes[offset + i] & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
