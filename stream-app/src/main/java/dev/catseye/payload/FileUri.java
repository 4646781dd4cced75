package dev.catseye.payload;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;

/** Addresses of the form {@code file:///folder/file}. */
final class FileUri {
  private FileUri() {}

  /**
   * The path of an address, decoded once; without {@code .} and {@code ..}.
   *
   * @return absolute
   * @throws PayloadException if it is no such address
   */
  static Path path(String text) throws PayloadException {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new PayloadException("is no address: " + e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("file")) {
      throw new PayloadException("only file: addresses are read");
    }
    boolean plain =
        uri.getPath() != null
            && uri.getPath().startsWith("/")
            && (uri.getAuthority() == null || uri.getAuthority().isEmpty())
            && uri.getQuery() == null
            && uri.getFragment() == null;
    if (!plain) {
      throw new PayloadException("a file: address is file:/// and an absolute path, no more");
    }
    for (String name : uri.getPath().substring(1).split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        throw new PayloadException("its path holds an empty name, '.' or '..'");
      }
    }
    try {
      return Path.of(uri.getPath());
    } catch (InvalidPathException e) {
      throw new PayloadException("its path holds a character that no path has");
    }
  }
}
