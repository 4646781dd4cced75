package dev.catseye.cli;

import dev.catseye.tools.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;

/** Turns whatever a verb threw into one line for the person at the keyboard. */
final class Failures {
  /** What Linux and macOS call a full disk; a write says no more, and names no file. */
  private static final String NO_SPACE = "No space left on device";

  private Failures() {}

  static String line(Throwable failure) {
    return oneLine(describe(unwrapped(failure)));
  }

  static String oneLine(String message) {
    return message.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException
            || cause instanceof CompletionException
            || cause instanceof UncheckedIOException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String describe(Throwable cause) {
    if (cause instanceof ToolException) {
      return cause.getMessage();
    }
    if (cause instanceof NoSuchFileException missing) {
      return "no such file or folder: " + missing.getFile();
    }
    if (cause instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (cause instanceof FileAlreadyExistsException file) {
      return file.getFile() + " is there already, and is no folder";
    }
    if (cause instanceof NotDirectoryException file) {
      return file.getFile() + " is no folder";
    }
    if (cause instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (cause instanceof IOException && NO_SPACE.equals(cause.getMessage())) {
      return "the disk that was to be written to is full";
    }
    if (cause instanceof KafkaException) {
      return "Kafka: " + cause.getMessage();
    }
    if (cause instanceof OutOfMemoryError) {
      return "out of memory (%d MiB heap); raise it with CATSEYE_JAVA_OPTS=-Xmx2g"
          .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }
    boolean ours = cause.getClass().getName().startsWith("dev.catseye.");
    return ours && cause.getMessage() != null
        ? cause.getMessage()
        : "unexpected " + cause + " (--debug shows where)";
  }
}
