package dev.catseye.chaos;

import dev.catseye.tools.ToolException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * File systems in memory that can be full: one per folder, seen only by processes that were started
 * through {@link #entry}. A shell holds them in a user and mount namespace of its own, which needs
 * no root where the system allows such namespaces; they are gone when the shell has reached the end
 * of its input and the last such process has ended. Used by one thread.
 */
final class SmallDisks implements AutoCloseable {
  private static final int PATIENCE_S = 10;
  private static final String ROOM = "4g"; // taken only as far as it is written to
  private static final String READY = "READY";
  private static final String HOLD =
      "trap '' INT; for d; do mount -t tmpfs -o size="
          + ROOM
          + " tmpfs \"$d\" || exit 1; done; echo "
          + READY
          + "; exec cat";
  private static final String FILL =
      "used=$(df -k --output=used \"$0\" | tail -n 1);"
          + " mount -o remount,size=$((used))k \"$0\"";

  private final Process holder;
  private final List<Path> folders;

  private SmallDisks(Process holder, List<Path> folders) {
    this.holder = holder;
    this.folders = folders;
  }

  /**
   * Mounts one on each of these folders, which are made.
   *
   * @return empty where the system does not allow it
   */
  static Optional<SmallDisks> mount(List<Path> folders) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c", HOLD, "sh"));
    for (Path folder : folders) {
      Files.createDirectories(folder);
      words.add(folder.toAbsolutePath().toString());
    }
    Process holder;
    try {
      holder = quiet(words).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
    } catch (IOException e) {
      return Optional.empty(); // there is no such tool on this system
    }
    SmallDisks disks = new SmallDisks(holder, List.copyOf(folders));
    BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
    if (READY.equals(said.readLine())) {
      return Optional.of(disks);
    }
    disks.close();
    return Optional.empty();
  }

  private static ProcessBuilder quiet(List<String> words) {
    return new ProcessBuilder(words)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  /** What stands before the command of a process that is to see them. */
  List<String> entry() {
    return List.of(
        "nsenter",
        "--target",
        Long.toString(holder.pid()),
        "--user",
        "--mount",
        "--preserve-credentials",
        "--wd=" + Path.of("").toAbsolutePath(),
        "--");
  }

  /** Leaves no room beyond what is used now. Returns whether it did. */
  boolean fill(int disk) throws InterruptedException {
    return inside("/bin/sh", "-c", FILL, folders.get(disk).toAbsolutePath().toString());
  }

  /**
   * Gives the room back.
   *
   * @throws ToolException if the system refuses
   */
  void clear(int disk) throws InterruptedException {
    String folder = folders.get(disk).toAbsolutePath().toString();
    if (!inside("mount", "-o", "remount,size=" + ROOM, folder)) {
      throw new ToolException(
          "the file system on %s could not be enlarged again".formatted(folder));
    }
  }

  private boolean inside(String... command) throws InterruptedException {
    List<String> words = new ArrayList<>(entry());
    words.addAll(List.of(command));
    try {
      Process tool = quiet(words).start();
      return tool.waitFor(PATIENCE_S, TimeUnit.SECONDS) && tool.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends the shell; processes that see the file systems keep them until they end. */
  @Override
  public void close() {
    try {
      holder.getOutputStream().close();
      if (!holder.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        holder.destroyForcibly();
      }
    } catch (IOException e) {
      holder.destroyForcibly();
    } catch (InterruptedException e) {
      holder.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
