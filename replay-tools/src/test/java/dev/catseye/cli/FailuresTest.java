package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catseye.tools.ToolException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  @Test
  void ourOwnException_isItsMessage() {
    assertThat(Failures.line(new ToolException("port 9092 is in use")))
        .isEqualTo("port 9092 is in use");
  }

  @Test
  void aWrappedException_isTheCause() {
    assertThat(
            Failures.line(
                new ExecutionException(new UncheckedIOException(new NoSuchFileException("/x")))))
        .isEqualTo("no such file or folder: /x");
  }

  @Test
  void noPermission_namesTheFile() {
    assertThat(Failures.line(new AccessDeniedException("/root/out")))
        .isEqualTo("no permission for /root/out");
  }

  @Test
  void aFileWhereAFolderShouldBe_isNamed() {
    assertThat(Failures.line(new FileAlreadyExistsException("run")))
        .isEqualTo("run is there already, and is no folder");
  }

  @Test
  void severalLines_becomeOne() {
    assertThat(Failures.line(new ToolException("first\n  second\n"))).isEqualTo("first; second");
  }

  @Test
  void aBug_saysWhatItIsAndHowToSeeMore() {
    assertThat(Failures.line(new IllegalStateException("odd")))
        .isEqualTo("unexpected java.lang.IllegalStateException: odd (--debug shows where)");
  }
}
