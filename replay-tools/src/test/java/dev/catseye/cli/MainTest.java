package dev.catseye.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Every verb's help is shown and every example in it is parsed, so that help stays true. */
final class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(args);
  }

  @TestFactory
  Stream<DynamicTest> everyVerb_showsHelpWithAnExampleThatParses() {
    return verbs(Main.commandLine())
        .map(verb -> DynamicTest.dynamicTest(name(verb), () -> check(verb)));
  }

  private static void check(CommandLine verb) {
    String help = verb.getUsageMessage();
    List<String> examples =
        help.lines().map(String::strip).filter(line -> line.startsWith("catseye ")).toList();
    assertThat(help).contains("Usage: " + name(verb));
    assertThat(examples).as("examples of %s", name(verb)).isNotEmpty();
    for (String example : examples) {
      String[] arguments =
          Pattern.compile(" +").splitAsStream(example).skip(1).toArray(String[]::new);
      Main.commandLine().parseArgs(arguments); // throws when untrue
    }
  }

  private static Stream<CommandLine> verbs(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(MainTest::verbs));
  }

  private static String name(CommandLine verb) {
    return verb.getCommandSpec().qualifiedName();
  }

  @Test
  void noVerb_isBadUsageInOneLine() {
    assertThat(run()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("catseye: Missing required subcommand (see catseye --help)");
  }

  @Test
  void unknownOption_isBadUsageInOneLine() {
    assertThat(run("--no-such-option")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines()).singleElement().asString().contains("--no-such-option");
  }

  @Test
  void help_goesToStandardOutput() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).contains("Exit codes:");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aMistakeFoundByAVerb_isBadUsageInOneLine(@TempDir Path folder) throws IOException {
    Files.createFile(folder.resolve("a.png"));
    assertThat(run("replay", "folder", folder.toString(), "--limit", "0"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "catseye replay folder: --limit 0, expected 1 or more (see catseye replay folder"
                + " --help)");
  }

  @Test
  void chaosOutOfRange_isBadUsageInOneLine() {
    assertThat(run("chaos", "--short", "--brokers", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "catseye chaos: expected 1 or 3 brokers (see catseye chaos --help)");
  }

  @Test
  void chaosWithAControlThatIsNone_namesThoseThatAre() {
    assertThat(run("chaos", "--minutes", "1", "--control", "dorp")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "catseye chaos: --control dorp, expected drop, forge or at-least-once (see catseye"
                + " chaos --help)");
  }

  @Test
  void aFailure_isOneLineWithoutStackTrace() {
    assertThat(run("replay", "folder", "/no/such/folder")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("catseye replay folder: no folder /no/such/folder");
  }

  @Test
  void debug_addsTheStackTrace() {
    assertThat(run("replay", "folder", "/no/such/folder", "--debug")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).contains("\tat dev.catseye.source.PictureFolder");
  }
}
