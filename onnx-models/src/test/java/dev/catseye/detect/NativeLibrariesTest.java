package dev.catseye.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
  @TempDir private Path cache;

  @Test
  void firstStart_unpacksAndLeavesNothingElse() throws IOException {
    Path folder = NativeLibraries.unpackedUnder(cache).orElseThrow();

    assertThat(files(folder)).isNotEmpty().allMatch(name -> name.contains("onnxruntime"));
    assertThat(files(cache)).containsExactly(folder.getFileName().toString());
  }

  @Test
  void secondStart_writesNothing() throws IOException {
    Path folder = NativeLibraries.unpackedUnder(cache).orElseThrow();
    Path library = folder.resolve(files(folder).get(0));
    Files.setLastModifiedTime(library, FileTime.fromMillis(1_000_000));

    assertThat(NativeLibraries.unpackedUnder(cache)).hasValue(folder);

    assertThat(Files.getLastModifiedTime(library).toMillis()).isEqualTo(1_000_000);
  }

  @Test
  void damagedFolder_isNotUsed() throws IOException {
    Path folder = NativeLibraries.unpackedUnder(cache).orElseThrow();
    Files.write(folder.resolve(files(folder).get(0)), new byte[7]);

    assertThat(NativeLibraries.unpackedUnder(cache)).isEmpty();

    assertThat(files(cache)).containsExactly(folder.getFileName().toString());
  }

  @Test
  void cacheThatCannotBeMade_isNotUsed() throws IOException {
    Path file = Files.createFile(cache.resolve("file"));

    assertThat(NativeLibraries.unpackedUnder(file.resolve("under"))).isEmpty();
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
