package dev.catseye.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StopSignalTest {
  /** A process that waits, and says when it could wind up. */
  static final class Waiter {
    private Waiter() {}

    public static void main(String[] args) throws Exception {
      StopSignal.interrupts(
          () -> {
            System.out.println("waiting");
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              System.out.println("wound up");
            }
            return 0;
          });
    }
  }

  @Test
  void aSignal_interruptsTheWorkAndWaitsForItsEnd() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Waiter.class.getName())
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("waiting");
      process.toHandle().destroy(); // Process.destroy would close our end of its output
      assertThat(out.readLine()).isEqualTo("wound up");
    }
    assertThat(process.waitFor()).isEqualTo(143); // ended by the signal, after its work
  }

  @Test
  void withoutASignal_theResultIsThatOfTheWork() throws Exception {
    assertThat(StopSignal.<Integer>interrupts(() -> 7)).isEqualTo(7);
  }
}
