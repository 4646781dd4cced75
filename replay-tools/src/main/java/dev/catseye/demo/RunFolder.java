package dev.catseye.demo;

import dev.catseye.tools.Folders;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * The folder of one run of the demo, never one that exists: {@code logs}, {@code overlays} and
 * {@code report.txt} stay, {@code work} goes with the run.
 */
final class RunFolder implements AutoCloseable {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final Path root;

  private RunFolder(Path root) {
    this.root = root;
  }

  /**
   * Makes {@code <parent>/demo-<time>}, with a number behind it when two runs start in one second.
   */
  static RunFolder create(Path parent, LocalDateTime now) throws IOException {
    Files.createDirectories(parent);
    String name = "demo-" + STAMP.format(now);
    for (int twin = 2; ; twin++) {
      try {
        RunFolder folder = new RunFolder(Files.createDirectory(parent.resolve(name)));
        Files.createDirectory(folder.logs());
        Files.createDirectory(folder.overlays());
        Files.createDirectory(folder.work());
        return folder;
      } catch (FileAlreadyExistsException e) {
        name = "demo-" + STAMP.format(now) + "-" + twin;
      }
    }
  }

  Path root() {
    return root;
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path overlays() {
    return root.resolve("overlays");
  }

  Path report() {
    return root.resolve("report.txt");
  }

  /** Temporary files of the service. */
  Path work() {
    return root.resolve("work");
  }

  /** Removes what only the run needed. */
  @Override
  public void close() throws IOException {
    Folders.delete(work());
  }
}
