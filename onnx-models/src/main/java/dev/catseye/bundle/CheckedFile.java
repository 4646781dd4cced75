package dev.catseye.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
   * Reads and keeps.
   *
   * @param in closed here
   * @param limit reading stops one byte behind it: a file may lie about its size
   */
  static CheckedFile read(InputStream in, long limit) throws IOException {
    Kept kept = new Kept((int) Math.min(limit, in.available()));
    CheckedFile file = pass(in, limit, kept);
    return new CheckedFile(kept.content(), file.bytes, file.longer, file.sha256);
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

  /** Collects bytes; gives its own array away where they fill it: graphs are large. */
  private static final class Kept extends ByteArrayOutputStream {
    Kept(int expected) {
      super(expected);
    }

    byte[] content() {
      return count == buf.length ? buf : toByteArray();
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
