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
   * Size of a file in bytes as the container tells it, which may be wrong in a zip; -1 if it does
   * not.
   *
   * @param name one of {@link #names()}
   */
  long size(String name) throws IOException;

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
