package dev.catseye.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallDisksTest {
  @TempDir private Path folder;

  private static String shell(SmallDisks disks, String script) throws Exception {
    List<String> words = new ArrayList<>(disks.entry());
    words.addAll(List.of("/bin/sh", "-c", script));
    Process shell =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @Test
  void aFullDisk_takesNothingUntilItIsCleared_andItsFilesStay() throws Exception {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    Optional<SmallDisks> mounted = SmallDisks.mount(List.of(a, b));
    assumeTrue(mounted.isPresent(), "this system allows no user namespaces");
    try (SmallDisks disks = mounted.get()) {
      String write = "echo more >> %s/file && echo written";
      assertThat(shell(disks, write.formatted(a))).isEqualTo("written");

      assertThat(disks.fill(0)).isTrue();
      String block = "head -c 10000 /dev/zero >> %s/file && echo written";
      assertThat(shell(disks, block.formatted(a))).isEmpty();
      assertThat(shell(disks, block.formatted(b))).as("the other one").isEqualTo("written");

      disks.clear(0);
      assertThat(shell(disks, block.formatted(a))).isEqualTo("written");
      assertThat(shell(disks, "head -n 1 %s/file".formatted(a))).isEqualTo("more");
    }
    assertThat(a).as("seen from outside").isEmptyDirectory();
  }
}
