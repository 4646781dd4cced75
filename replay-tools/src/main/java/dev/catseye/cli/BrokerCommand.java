package dev.catseye.cli;

import dev.catseye.broker.LocalBroker;
import dev.catseye.tools.StopSignal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catseye broker}: a broker for as long as the command runs. */
@Command(
    name = "broker",
    mixinStandardHelpOptions = true,
    description = {
      "Run a single-node Kafka broker on this machine until Ctrl-C.",
      "Prints READY and its address when clients can connect."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:failed, or the broker ended by itself",
      "2:bad usage",
      "130:stopped by Ctrl-C"
    },
    footer = {"%nExample:", "  catseye broker --port 9092 --dir run/broker"})
final class BrokerCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "TCP port on 127.0.0.1; 0 takes any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keep topics in this folder, also for the next run (default: a temporary folder).")
  private Optional<Path> folder;

  @Option(
      names = "--keep",
      description = "Keep the temporary folder at the end and say where it is.")
  private boolean keep;

  @Override
  public Integer call() throws Exception {
    return StopSignal.interrupts(this::run);
  }

  private int run() throws Exception {
    CommandLine terminal = spec.commandLine();
    try (LocalBroker broker =
        LocalBroker.start(new LocalBroker.Options(port, folder, keep, Optional.empty()))) {
      if (keep) {
        terminal.getErr().println("topics are kept in " + broker.folder());
      }
      terminal.getOut().println("READY " + broker.bootstrapServers());
      throw broker.process().ended(broker.process().await());
    }
  }
}
