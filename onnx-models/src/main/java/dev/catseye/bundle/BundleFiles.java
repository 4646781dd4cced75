package dev.catseye.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** The files of a bundle, wherever they lie; each is opened once. */
interface BundleFiles extends AutoCloseable {
  /** Problems with the container itself: links, odd names. */
  List<String> problems();

  /** Paths of all plain files, relative, with {@code /}, sorted. */
  Set<String> names();

  /**
   * Opens a file.
   *
   * @param name one of {@link #names()}
   * @return the content; the caller closes it
   */
  InputStream open(String name) throws IOException;

  @Override
  void close() throws IOException;
}
