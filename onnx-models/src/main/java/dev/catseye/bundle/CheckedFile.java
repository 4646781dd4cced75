package dev.catseye.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file read once: its bytes and the hash of those very bytes. */
final class CheckedFile {
  private final byte[] content;
  private final long bytes;
  private final boolean longer;
  private final String sha256;

  private CheckedFile(byte[] content, long bytes, boolean longer, String sha256) {
    this.content = content;
    this.bytes = bytes;
    this.longer = longer;
    this.sha256 = sha256;
  }

  /**
   * Reads and keeps a small file.
   *
   * @param in closed here
   * @param limit reading stops one byte behind it: a file may lie about its size
   */
  static CheckedFile read(InputStream in, long limit) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    CheckedFile file = pass(in, limit, kept);
    return new CheckedFile(kept.toByteArray(), file.bytes, file.longer, file.sha256);
  }

  /**
   * Reads into memory outside the heap, for files of hundreds of megabytes; {@link #content()} is
   * empty.
   *
   * @param in closed here
   * @param to filled from its position on; what does not fit is only hashed, up to one byte
   */
  static CheckedFile read(InputStream in, ByteBuffer to) throws IOException {
    OutputStream room =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] from, int offset, int length) {
            to.put(from, offset, Math.min(length, to.remaining()));
          }
        };
    return pass(in, to.remaining(), room);
  }

  /** Reads and forgets; {@link #content()} is empty. */
  static CheckedFile hash(InputStream in, long limit) throws IOException {
    return pass(in, limit, OutputStream.nullOutputStream());
  }

  private static CheckedFile pass(InputStream source, long limit, OutputStream to)
      throws IOException {
    try (InputStream in = source) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      for (int n = in.read(buffer); n >= 0 && bytes <= limit; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        to.write(buffer, 0, n);
        bytes += n;
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new CheckedFile(new byte[0], bytes, bytes > limit, sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  byte[] content() {
    return content;
  }

  long bytes() {
    return bytes;
  }

  String sizeInWords() {
    return longer ? "more than " + bytes : Long.toString(bytes);
  }

  String sha256() {
    return sha256;
  }
}
