package dev.catseye.cli;

import dev.catseye.chaos.Chaos;
import dev.catseye.chaos.ChaosConfig;
import dev.catseye.chaos.ChaosPage;
import dev.catseye.chaos.ChaosResult;
import dev.catseye.chaos.Control;
import dev.catseye.service.Installation;
import dev.catseye.tools.StopSignal;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye chaos}: the whole product, while things go wrong. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = {
      "Start brokers, instances of the service and cameras on this machine, do harm to them by a "
          + "seeded plan, and end with the verdict of the checker.",
      "A fault counts only if it bit; what shows that stands beside it. Every run also judges "
          + "copies of itself that are wrong on purpose, which must FAIL.",
      "Report and logs stay in the run folder, nothing else does."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:PASS: every promise was kept",
      "1:FAIL: a promise was broken, or the run failed",
      "2:bad usage",
      "4:UNKNOWN: nothing seen broken, but it proves nothing, and the report says why",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExamples:",
      "  catseye chaos --short",
      "  catseye chaos --minutes 15 --profile ledger --seed 7 --instances 3 --brokers 3",
      "  catseye chaos --short --control drop"
    })
final class ChaosCommand implements Callable<Integer> {
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Length length;

  /** How long. */
  private static final class Length {
    @Option(names = "--short", description = "Eight faults, each of another kind.")
    private boolean brief;

    @Option(
        names = "--minutes",
        paramLabel = "N",
        description = "Begin faults for this long, all kinds in turn.")
    private Optional<Double> minutes = Optional.empty();

    private Optional<Duration> asked() {
      return brief
          ? Optional.empty()
          : minutes.map(count -> Duration.ofMillis((long) (count * 60_000)));
    }
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, another plan; the same one, the same (default: 1).")
  private long seed;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "live",
      description = "Profile of the service, live or ledger (default: ${DEFAULT-VALUE}).")
  private RunProfile profile;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "2",
      description = "Instances of the service (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--brokers",
      paramLabel = "N",
      defaultValue = "1",
      description = "Brokers, 1 or 3 (default: ${DEFAULT-VALUE}).")
  private int brokers;

  @Option(
      names = "--cameras",
      paramLabel = "N",
      defaultValue = "4",
      description = "Cameras (default: ${DEFAULT-VALUE}).")
  private int cameras;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1",
      description = "Frames per second of each camera (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--control",
      paramLabel = "NAME",
      description =
          "End with the verdict about a copy of the run instead: drop (an outcome is missing),"
              + " forge (an outcome is about a frame that never was), at-least-once (outcomes that"
              + " were taken back count). It must be FAIL.")
  private Optional<String> control = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Run folder, new or empty (default: run/chaos-TIME).")
  private Optional<Path> folder = Optional.empty();

  @Override
  public Integer call() throws Exception {
    Optional<Control> wanted = control.map(this::control);
    ChaosConfig config = config();
    return StopSignal.interrupts(() -> run(config, wanted));
  }

  private Control control(String name) {
    return switch (name) {
      case "drop" -> Control.DROP;
      case "forge" -> Control.FORGE;
      case "at-least-once" -> Control.AT_LEAST_ONCE;
      default ->
          throw new ParameterException(
              spec.commandLine(),
              "--control %s, expected drop, forge or at-least-once".formatted(name));
    };
  }

  private ChaosConfig config() {
    try {
      return new ChaosConfig(
          profile,
          seed,
          length.asked(),
          instances,
          brokers,
          cameras,
          rate,
          folder.orElseGet(
              () ->
                  Path.of(
                      "run", "chaos-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())))));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int run(ChaosConfig config, Optional<Control> wanted) throws Exception {
    ChaosResult result =
        new Chaos(Installation.ofThisProcess(), config, spec.commandLine().getErr()).run();
    spec.commandLine().getOut().print(ChaosPage.of(result));
    spec.commandLine().getOut().println("report and logs: " + config.folder());
    Verdict.Word word = wanted.map(result::word).orElseGet(result::word);
    wanted.ifPresent(
        copy -> spec.commandLine().getOut().println("verdict on the control: " + word));
    return ExitCode.of(word);
  }
}
