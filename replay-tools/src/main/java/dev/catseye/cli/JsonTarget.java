package dev.catseye.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The file behind an option {@code --json}. */
final class JsonTarget {
  private JsonTarget() {}

  /**
   * Looks whether it can be written, before minutes are spent in vain.
   *
   * @throws ParameterException if not
   */
  static void check(CommandLine command, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new ParameterException(command, "--json %s is a folder".formatted(file));
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new ParameterException(
          command, "--json %s: nothing can be written to %s".formatted(file, folder));
    }
  }
}
