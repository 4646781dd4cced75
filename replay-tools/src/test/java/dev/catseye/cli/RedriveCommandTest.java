package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catseye.redrive.RedriveReport;
import dev.catseye.schemas.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The words, the exit codes and the usage; no broker. */
class RedriveCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

  private static RedriveReport report(long left, boolean stopped) {
    return new RedriveReport(
        false,
        9,
        3,
        new TreeMap<>(Map.of(Reason.DECODE, 1L, Reason.REFERENCE, 2L)),
        4,
        left,
        left == 0 ? List.of() : List.of("rejects-0@8: refused 3 times"),
        stopped);
  }

  @Test
  void allBack_isDone_andSaysWhatWent() throws IOException {
    assertThat(RedriveCommand.tell(report(0, false), command, Optional.empty()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .containsExactly(
            "3 of 9 dead letters put back",
            "  DECODE: 1",
            "  REFERENCE: 2",
            "put back by earlier runs: 4",
            "left: 0");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void someLeft_isLoss_andSaysWhy() throws IOException {
    assertThat(RedriveCommand.tell(report(2, false), command, Optional.empty()))
        .isEqualTo(ExitCode.LOSS);
    assertThat(err.toString().lines())
        .containsExactly("left rejects-0@8: refused 3 times", "... and 1 more");
  }

  @Test
  void stopped_isWhatTheShellExpects() throws IOException {
    assertThat(RedriveCommand.tell(report(2, true), command, Optional.empty()))
        .isEqualTo(ExitCode.INTERRUPTED);
    assertThat(out.toString()).startsWith("stopped: 3 of 9 dead letters put back");
  }

  @Test
  void json_holdsTheSameNumbers(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("redrive.json");
    RedriveCommand.tell(report(1, false), command, Optional.of(file));
    assertThat(Files.readString(file))
        .isEqualToIgnoringWhitespace(
            """
            {"format": 1, "dry_run": false, "stopped": false, "read": 9, "put_back": 3,
             "put_back_by_reason": {"DECODE": 1, "REFERENCE": 2}, "put_back_before": 4, "left": 1,
             "left_examples": ["rejects-0@8: refused 3 times"]}
            """);
  }

  @Test
  void fullDisk_isOneLine_afterTheReport() {
    Path full = Path.of("/dev/full"); // Linux: every write to it finds the disk full
    assumeTrue(Files.isWritable(full));
    assertThatThrownBy(() -> RedriveCommand.tell(report(0, false), command, Optional.of(full)))
        .satisfies(
            failure ->
                assertThat(Failures.line(failure))
                    .isEqualTo("the disk that was to be written to is full"));
    assertThat(out.toString()).contains("3 of 9 dead letters put back");
  }

  @ParameterizedTest
  @CsvSource({
    "--max-attempts=1, '--max-attempts 1, expected 2 or more'",
    "--limit=0, '--limit 0, expected 1 or more'",
    "--stage=judge, '--stage ''judge'', expected admit, decode or detect'",
    "--bundle=XY, '--bundle ''XY'', expected 6 or more lower-case hex digits'"
  })
  void mistake_isBadUsageInOneLine(String option, String message) {
    assertThat(command.execute("redrive", option)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("catseye redrive: " + message + " (see catseye redrive --help)");
  }

  @ParameterizedTest
  @CsvSource({"--reason=SLOW", "--since=yesterday"})
  void valueThatIsNone_isBadUsageInOneLine(String option) {
    assertThat(command.execute("redrive", option)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).hasSize(1);
  }
}
