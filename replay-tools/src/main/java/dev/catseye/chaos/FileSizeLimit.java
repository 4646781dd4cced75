package dev.catseye.chaos;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A limit on the size of the files that a running process may write (RLIMIT_FSIZE): every write
 * that would make one longer fails, as on a full disk, with another error number (EFBIG instead of
 * ENOSPC). Needs no root, but {@code prlimit} of util-linux.
 */
final class FileSizeLimit {
  private static final int PATIENCE_S = 10;

  private FileSizeLimit() {}

  /** Sets it to nothing for a process of ours; it ends with the process. Returns whether it did. */
  static boolean set(long pid) throws InterruptedException {
    try {
      Process tool =
          new ProcessBuilder(List.of("prlimit", "--pid", Long.toString(pid), "--fsize=1:unlimited"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return tool.waitFor(PATIENCE_S, TimeUnit.SECONDS) && tool.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such tool on this system
    }
  }
}
