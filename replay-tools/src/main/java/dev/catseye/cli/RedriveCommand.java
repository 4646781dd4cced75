package dev.catseye.cli;

import dev.catseye.redrive.Redrive;
import dev.catseye.redrive.RedriveJson;
import dev.catseye.redrive.RedriveReport;
import dev.catseye.redrive.RejectFilter;
import dev.catseye.schemas.Reason;
import dev.catseye.tools.Cluster;
import dev.catseye.tools.ProgressBar;
import dev.catseye.tools.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye redrive}: dead letters back onto topic frames. */
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Put rejected frames back onto topic frames, once the cause is mended.",
      "Each dead letter goes once, however often this runs or is killed: topic redrives marks what"
          + " went, in the same transaction. A frame that is rejected again is a new dead letter"
          + " with a higher attempt. Options narrow what is meant; each may be repeated or take"
          + " several values by commas."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that was meant is back, now or by an earlier run",
      "1:failed; what was put back before that is marked",
      "2:bad usage",
      "3:done, but some cannot be put back",
      "130:stopped by Ctrl-C; run it again for the rest"
    },
    footer = {
      "%nExamples:",
      "  catseye redrive --dry-run",
      "  catseye redrive --reason REFERENCE --drive drive-07",
      "  catseye redrive --bundle 3f2a91 --since 2026-11-25T06:00:00Z"
    })
final class RedriveCommand implements Callable<Integer> {
  /** On 2 busy cores a broker needed more than 10 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Set<String> STAGES = Set.of("admit", "decode", "detect");

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--dry-run", description = "Send nothing; print what would be put back.")
  private boolean dryRun;

  @Option(
      names = "--reason",
      paramLabel = "NAME",
      split = ",",
      description = "Only these reasons: ${COMPLETION-CANDIDATES}.")
  private Set<Reason> reasons = EnumSet.noneOf(Reason.class);

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      split = ",",
      description = "Only what these stages refused: admit, decode, detect.")
  private Set<String> stages = new LinkedHashSet<>();

  @Option(names = "--camera", paramLabel = "ID", split = ",", description = "Only these cameras.")
  private Set<String> cameras = new LinkedHashSet<>();

  @Option(
      names = "--drive",
      paramLabel = "ID",
      split = ",",
      description = "Only these drives; a frame that cannot be read is of none.")
  private Set<String> drives = new LinkedHashSet<>();

  @Option(
      names = "--bundle",
      paramLabel = "DIGEST",
      split = ",",
      description = "Only what was refused under these bundles, by the first digits of the digest.")
  private Set<String> bundles = new LinkedHashSet<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what was refused then or later, such as 2026-11-25T06:00:00Z.")
  private Optional<Instant> since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only what was refused before that time.")
  private Optional<Instant> until;

  @Option(
      names = "--max-attempts",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Leave what was refused this often, so that nothing goes round for ever (default:"
              + " ${DEFAULT-VALUE}).")
  private int maxAttempts;

  @Option(names = "--limit", paramLabel = "N", description = "Put back the first N only.")
  private Optional<Long> limit;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the report to this file, too.")
  private Optional<Path> json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws Exception {
    Redrive.Order order = order();
    RedriveReport report = StopSignal.interrupts(() -> run(order));
    return tell(report, spec.commandLine(), json);
  }

  /** Prints what was done, and says it in the exit code. */
  static int tell(RedriveReport report, CommandLine command, Optional<Path> json)
      throws IOException {
    report.examples().forEach(why -> command.getErr().println("left " + why));
    if (report.left() > report.examples().size()) {
      command
          .getErr()
          .println("... and %d more".formatted(report.left() - report.examples().size()));
    }
    report.lines().forEach(command.getOut()::println);
    command.getOut().flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), RedriveJson.of(report));
    }
    if (report.stopped()) {
      return ExitCode.INTERRUPTED;
    }
    return report.left() == 0 ? ExitCode.DONE : ExitCode.LOSS;
  }

  private Redrive.Order order() {
    require(maxAttempts >= 2, "--max-attempts %d, expected 2 or more", maxAttempts);
    limit.ifPresent(most -> require(most >= 1, "--limit %d, expected 1 or more", most));
    stages.forEach(
        stage ->
            require(
                STAGES.contains(stage), "--stage '%s', expected admit, decode or detect", stage));
    bundles.forEach(
        digest ->
            require(
                digest.matches("[0-9a-f]{6,64}"),
                "--bundle '%s', expected 6 or more lower-case hex digits",
                digest));
    RejectFilter filter = new RejectFilter(reasons, stages, cameras, drives, bundles, since, until);
    OptionalLong most = limit.map(OptionalLong::of).orElse(OptionalLong.empty());
    return new Redrive.Order(filter, maxAttempts, most, dryRun, PATIENCE);
  }

  private void require(boolean holds, String message, Object value) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message.formatted(value));
    }
  }

  private RedriveReport run(Redrive.Order order) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      return new Redrive(
              cluster,
              kafka.topics(),
              order,
              total ->
                  new ProgressBar(
                      spec.commandLine().getErr(),
                      !quiet && !dryRun && ProgressBar.watched(),
                      "redrive",
                      total),
              dryRun ? out::println : line -> {})
          .run();
    }
  }
}
