package dev.catseye.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Real pictures outside of the project: the folder that {@code CATSEYE_DATA} names, by default
 * {@code ../shared/data} beside the project. A test that needs a file which is not there is
 * skipped.
 */
public final class RealData {
  private RealData() {}

  /** The file or folder {@code name}; skips the calling test where there is none. */
  public static Path path(String name) {
    Path folder = folder();
    Path file = folder.resolve(name);
    assumeTrue(
        Files.exists(file),
        () -> "skipped: no " + file + "; set CATSEYE_DATA to the folder with the real pictures");
    return file;
  }

  /** The bytes of {@code name}; skips the calling test where it is missing. */
  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    String named = System.getenv("CATSEYE_DATA");
    // Tests run in the module's folder: the project's root is one up.
    return named != null ? Path.of(named) : Path.of("..", "..", "shared", "data").normalize();
  }
}
