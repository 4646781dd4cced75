package dev.catseye.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildJvmTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private ChildJvm start(String... arguments) {
    return ChildJvm.start(
        new ChildJvm.Command(
            "helper",
            List.of(),
            System.getProperty("java.class.path"),
            List.of("-Xmx64m", "-XX:+UseSerialGC"),
            Helper.class.getName(),
            List.of(arguments),
            Map.of("CATSEYE_HELPER", "told"),
            folder.resolve("helper.log")));
  }

  /** What the child runs: answers, fails or stays silent. */
  static final class Helper {
    private Helper() {}

    public static void main(String[] args) throws Exception {
      if (args[0].equals("fail")) {
        System.err.println("catseye: no such thing: 7");
        System.err.println("a line of some library");
        System.exit(3);
      }
      if (args[0].equals("answer")) {
        System.out.println("READY " + System.getenv("CATSEYE_HELPER"));
      }
      while (System.in.read() >= 0) {
        // until the parent closes the pipe
      }
      System.out.println("closed in order");
    }
  }

  @Test
  void aChild_tellsWhenItIsReadyAndStopsWhenItsInputEnds() throws Exception {
    ChildJvm child = start("answer");
    assertThat(child.awaitReady(PATIENCE)).isEqualTo("told");
    child.close();
    assertThat(child.isAlive()).isFalse();
    assertThat(child.await()).isZero();
    assertThat(Files.readString(folder.resolve("helper.log")))
        .contains("READY told", "closed in order");
  }

  @Test
  void aChildThatFails_speaksForItself() {
    try (ChildJvm child = start("fail")) {
      assertThatThrownBy(() -> child.awaitReady(PATIENCE))
          .isInstanceOf(ToolException.class)
          .hasMessage("no such thing: 7");
    }
  }

  @Test
  void aChildThatSaysNothing_isGivenUpWithThePlaceOfItsLog() {
    try (ChildJvm child = start("silence")) {
      assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(300)))
          .isInstanceOf(ToolException.class)
          .hasMessageEndingWith("its log is " + folder.resolve("helper.log"));
    }
  }

  @Test
  void aPausedChild_standsStillUntilThePauseIsClosed() throws Exception {
    ChildJvm child = start("answer");
    child.awaitReady(PATIENCE);
    try (Pause pause = child.pause()) {
      assertThat(pause.awaitStopped()).isTrue();
    }
    child.close(); // waits for an orderly end, which a child that stands still cannot have
    assertThat(child.await()).isZero();
  }

  @Test
  void aKilledChild_isGoneAndCannotBeKilledAgain() throws Exception {
    try (ChildJvm child = start("answer")) {
      child.awaitReady(PATIENCE);
      assertThat(child.kill()).isTrue();
      assertThat(child.isAlive()).isFalse();
      assertThat(child.kill()).isFalse();
    }
  }
}
