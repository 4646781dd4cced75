package dev.catseye.tools;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A Java process that lives no longer than this one. Its standard input is a pipe that we hold
 * open: when we close it, or die of whatever cause, the child reads the end of its input and stops
 * by itself. All it prints goes to its log file. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {
  /** For an orderly stop, in which the service allows its last frame 20 s; then it is killed. */
  private static final Duration GRACE = Duration.ofSeconds(25);

  /**
   * A terminal sends Ctrl-C to us and to our children at once. They must not hear it, or the broker
   * would be gone while the service still needs it to finish: an ignored signal stays ignored over
   * {@code exec}.
   */
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

  private static final String READY = "READY"; // first word of the line that we wait for
  private static final String OURS = "catseye: "; // before what a child says to people

  private final String name;
  private final Process process;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();

  private ChildJvm(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::readOutput, name + "-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * What to start, with the Java of this process.
   *
   * @param name what messages call it, for instance "broker"
   * @param entry words before the command line, which must end by executing it; usually none
   * @param classPath as {@code java -cp} takes it; it travels in the environment, so that the
   *     command line stays short
   * @param flags flags of the JVM
   * @param environment variables on top of ours, of which none that starts with CATSEYE_ is passed
   *     on
   * @param log file that receives all the child prints; overwritten
   */
  public record Command(
      String name,
      List<String> entry,
      String classPath,
      List<String> flags,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment,
      Path log) {}

  /**
   * Starts a child.
   *
   * @throws ToolException if the system cannot start it
   */
  public static ChildJvm start(Command command) {
    List<String> words = new ArrayList<>(DEAF_TO_CTRL_C);
    words.addAll(command.entry());
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(command.flags());
    words.add(command.mainClass());
    words.addAll(command.arguments());
    ProcessBuilder builder = new ProcessBuilder(words);
    // Settings that somebody exported for a service of their own must not reach ours.
    builder.environment().keySet().removeIf(variable -> variable.startsWith("CATSEYE_"));
    builder.environment().putAll(command.environment());
    builder.environment().put("CLASSPATH", command.classPath());
    builder.environment().put("ORT_DISABLE_TELEMETRY", "1"); // on, it can kill a JVM
    try {
      Files.deleteIfExists(command.log());
      builder.redirectError(ProcessBuilder.Redirect.appendTo(command.log().toFile()));
      return new ChildJvm(command.name(), builder.start(), command.log());
    } catch (IOException e) {
      throw new ToolException(
          "the %s could not be started: %s".formatted(command.name(), e.getMessage()), e);
    }
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = output.readLine()) != null) {
        if (line.startsWith(READY)) {
          ready.complete(line.substring(READY.length()).strip());
        }
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
    } catch (IOException e) {
      ready.completeExceptionally(e); // the pipe broke: the child is gone
    }
    ready.completeExceptionally(new IOException("end of output"));
  }

  /**
   * Waits until the child prints {@code READY} and returns what stands behind it on the line.
   *
   * @throws ToolException if the child ends before that, with the last line of its log, or is not
   *     ready in time
   */
  public String awaitReady(Duration patience) throws InterruptedException {
    try {
      return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      int code = process.waitFor();
      throw new ToolException(
          lastWords()
              .orElse("the %s ended with code %d and left no message".formatted(name, code)));
    } catch (TimeoutException e) {
      throw new ToolException(
          "the %s was not ready after %d s; its log is %s"
              .formatted(name, patience.toSeconds(), log));
    }
  }

  /** What to say when the child ended though nobody asked it to. */
  public ToolException ended(int code) {
    return new ToolException(
        "the %s ended with code %d: %s"
            .formatted(name, code, lastWords().orElse("it left no message")));
  }

  /** Waits for the end of the child and returns its exit code. */
  public int await() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * kill -9; returns when the child is gone.
   *
   * @return whether it was this that ended it
   */
  public boolean kill() throws InterruptedException {
    if (!process.isAlive()) {
      return false;
    }
    process.destroyForcibly();
    return process.waitFor() == 128 + 9;
  }

  /** kill -9 without waiting; fine when it is gone already. */
  public void forceEnd() {
    process.destroyForcibly();
  }

  /**
   * Stops the child in its tracks (SIGSTOP) until the returned pause is closed, or this process
   * ends: it never stays stopped.
   *
   * @throws ToolException if the system cannot do that
   */
  public Pause pause() {
    return Pause.of(process.pid());
  }

  /** Waits for the end of the child; returns whether it came in time. */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the process still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Its number in the system. */
  public long pid() {
    return process.pid();
  }

  /**
   * Why the child ended, in its own words: what it printed last behind {@code catseye:}, or else
   * its last line.
   */
  public Optional<String> lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return last(lines.stream().filter(line -> line.startsWith(OURS)))
          .map(line -> line.substring(OURS.length()))
          .or(() -> last(lines.stream().filter(ChildJvm::tellsSomething)));
    } catch (IOException e) {
      return Optional.empty(); // the log is gone or no text: no last words
    }
  }

  private static boolean tellsSomething(String line) {
    return !line.isBlank() && !line.startsWith(READY);
  }

  private static Optional<String> last(Stream<String> lines) {
    return lines.reduce((earlier, later) -> later);
  }

  /** Asks the child to stop, waits for it, and kills it when it does not. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
