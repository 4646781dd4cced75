package dev.catseye.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoPartsTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 25, 1, 2, 3);

  @TempDir private Path folder;

  @Test
  void twoRunsInOneSecond_haveFoldersOfTheirOwn() throws Exception {
    try (RunFolder first = RunFolder.create(folder, NOW);
        RunFolder second = RunFolder.create(folder, NOW)) {
      assertThat(first.root()).hasFileName("demo-20261125-010203");
      assertThat(second.root()).hasFileName("demo-20261125-010203-2");
    }
  }

  @Test
  void theEndOfARun_removesWorkAndKeepsTheRest() throws Exception {
    RunFolder run = RunFolder.create(folder, NOW);
    Files.createDirectories(run.work().resolve("state/deep"));
    Files.writeString(run.report(), "PASS");

    run.close();

    assertThat(run.work()).doesNotExist();
    assertThat(run.report()).isRegularFile();
    assertThat(run.logs()).isDirectory();
  }
}
