package dev.catseye.chaos;

import dev.catseye.tools.Folders;
import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of one run: {@code report.json}, {@code report.txt} and {@code logs} stay, {@code
 * work} goes with the run.
 */
final class ChaosFolder implements AutoCloseable {
  private final Path root;

  private ChaosFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes it.
   *
   * @throws ToolException if there is something in it already
   */
  static ChaosFolder create(Path root) throws IOException {
    Files.createDirectories(root);
    try (var entries = Files.list(root)) {
      if (entries.findAny().isPresent()) {
        throw new ToolException("folder %s is not empty; name a new one".formatted(root));
      }
    }
    ChaosFolder folder = new ChaosFolder(root);
    Files.createDirectory(folder.logs());
    Files.createDirectory(folder.work());
    return folder;
  }

  Path logs() {
    return root.resolve("logs");
  }

  /** Topics of the brokers and temporary files of the service. */
  Path work() {
    return root.resolve("work");
  }

  Path json() {
    return root.resolve("report.json");
  }

  Path page() {
    return root.resolve("report.txt");
  }

  @Override
  public void close() throws IOException {
    Folders.delete(work());
  }
}
