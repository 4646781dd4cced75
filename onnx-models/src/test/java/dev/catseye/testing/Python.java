package dev.catseye.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Python of {@code authoring/.venv}, which {@code ./catseye models} makes. A test that needs it
 * is skipped where it is missing.
 */
public final class Python {
  private static final Path AUTHORING = Path.of("authoring").toAbsolutePath();

  private Python() {}

  /** Runs a script or {@code -m} module; fails the test with its output if it fails. */
  public static void run(Object... arguments) {
    Path python = AUTHORING.resolve(".venv/bin/python");
    assumeTrue(
        Files.isExecutable(python),
        () -> "skipped: no " + python + "; './catseye models --help' makes it");
    List<String> command = new ArrayList<>(List.of(python.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new AssertionError(command + " ended with " + code + ":\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
