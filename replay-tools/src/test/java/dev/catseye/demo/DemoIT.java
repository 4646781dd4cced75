package dev.catseye.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as a person runs it: the command line in a process of its own, which starts all others.
 */
final class DemoIT {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeEach
  void requireTheService() {
    assumeTrue(
        Files.isDirectory(HOME.resolve("stream-app/target/lib")),
        "stream-app is not packaged: build from the root");
  }

  private Process demo(String... more) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dcatseye.home=" + HOME,
            "dev.catseye.cli.Main",
            "demo",
            "--run-dir",
            folder.resolve("run").toString());
    builder.command().addAll(List.of(more));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(folder.resolve("err").toFile());
    builder.redirectOutput(folder.resolve("out").toFile());
    return builder.start();
  }

  private Path runFolder() throws Exception {
    try (var runs = Files.list(folder.resolve("run"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  @Test
  void aShortRun_endsWithPassAndLeavesReportOverlaysAndLogs() throws Exception {
    Process demo = demo("--frames", "8");
    assertThat(demo.waitFor(3, TimeUnit.MINUTES)).isTrue();

    String out = Files.readString(folder.resolve("out"));
    assertThat(demo.exitValue()).as(Files.readString(folder.resolve("err")) + out).isZero();
    assertThat(out).contains("sent 8 of 8 frames", "AP ", "obstacles ", "verdict: PASS");
    assertThat(out) // on a busy machine some are given up for newer ones
        .containsPattern("outcomes: DETECTED=\\d(, SHED=\\d)?\n")
        .containsPattern("detected: \\d of 8 frames")
        .containsPattern("frames +\\d DETECTED and scored of 8 labelled");
    Path run = runFolder();
    assertThat(run.toFile().list()).containsExactlyInAnyOrder("logs", "overlays", "report.txt");
    assertThat(run.resolve("overlays").toFile().list()).hasSizeBetween(1, 6);
  }

  @Test
  void aSignalInTheMiddle_leavesNoProcessBehind() throws Exception {
    Process demo = demo();
    while (demo.children().count() < 2) { // broker and service
      assertThat(demo.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
      Thread.sleep(50);
    }
    List<ProcessHandle> children = demo.children().toList();

    demo.destroy(); // SIGTERM, which takes the same way as Ctrl-C

    assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    assertThat(runFolder().resolve("work")).doesNotExist();
  }
}
