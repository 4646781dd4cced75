package dev.catseye.cli;

import java.io.PrintWriter;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command line {@code catseye}: finds the verb, runs it, and turns its end into a line and an
 * exit code.
 */
@Command(
    name = "catseye",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Finds in camera frames what a segmentation network cannot explain.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, or the verdict is FAIL",
      "2:bad usage or configuration",
      "3:finished with loss",
      "4:the verdict is UNKNOWN"
    },
    footer = {"%nExample:", "  catseye demo"},
    subcommands = {
      DemoCommand.class,
      BrokerCommand.class,
      TopicsCommand.class,
      ReplayCommand.class,
      RecordCommand.class,
      DetectCommand.class,
      EvaluateCommand.class,
      ParityCommand.class,
      BenchCommand.class,
      VerifyCommand.class,
      RedriveCommand.class,
      ChaosCommand.class
    })
public final class Main {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of a failure (as does CATSEYE_DEBUG=1).")
  private boolean debug;

  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  private static int run(String[] args) {
    CommandLine commandLine = commandLine();
    try {
      return commandLine.execute(args);
    } catch (Error e) { // picocli hands exceptions to our handler, errors to us
      commandLine.getErr().println("catseye: " + Failures.line(e));
      return ExitCode.FAILED;
    }
  }

  /** Every verb, ready to parse and run. */
  static CommandLine commandLine() {
    Main main = new Main();
    CommandLine root = new CommandLine(main);
    useJarVersion(root);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setParameterExceptionHandler(Main::badUsage);
    root.setExecutionExceptionHandler(main::failed);
    return root;
  }

  private static void useJarVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new JarVersion());
    command.getSubcommands().values().forEach(Main::useJarVersion);
  }

  @SuppressWarnings("unused") // the arguments belong to picocli's handler
  private static int badUsage(ParameterException usage, String[] args) {
    CommandLine command = usage.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command
        .getErr()
        .printf("%s: %s (see %s --help)%n", name, Failures.oneLine(usage.getMessage()), name);
    return ExitCode.USAGE;
  }

  private int failed(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ParameterException usage) {
      return badUsage(usage, parsed.originalArgs().toArray(String[]::new));
    }
    if (failure instanceof InterruptedException || failure instanceof InterruptException) {
      return ExitCode.INTERRUPTED;
    }
    PrintWriter err = command.getErr();
    err.printf("%s: %s%n", command.getCommandSpec().qualifiedName(), Failures.line(failure));
    if (debug || System.getenv("CATSEYE_DEBUG") != null) {
      failure.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }
}
