package dev.catseye.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What every bench of the whole stream can be told. */
final class StreamOptions {
  @Option(
      names = "--bundle",
      paramLabel = "BUNDLE",
      description = "Folder or zip with the networks (default: the bundle that is shipped).")
  private Optional<Path> bundle = Optional.empty();

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "8",
      description = "Cameras, each with a partition of its own (default: ${DEFAULT-VALUE}).")
  private int cameras;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file, too.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Keep the logs of broker and service below this folder.")
  private Optional<Path> logs = Optional.empty();

  @Option(names = "--quiet", description = "Do not tell how far it is.")
  private boolean quiet;

  Optional<Path> bundle() {
    return bundle;
  }

  int cameras() {
    return cameras;
  }

  Optional<Path> json() {
    return json;
  }

  Optional<Path> logs() {
    return logs;
  }

  /** Takes lines that tell how far it is. */
  Consumer<String> progress(CommandLine command) {
    return line -> {
      if (!quiet) {
        command.getErr().println(line);
        command.getErr().flush();
      }
    };
  }
}
