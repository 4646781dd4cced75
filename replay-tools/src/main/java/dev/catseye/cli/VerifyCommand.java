package dev.catseye.cli;

import dev.catseye.tools.Cluster;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictJson;
import dev.catseye.verify.VerdictPage;
import dev.catseye.verify.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catseye verify}: the black-box checker. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Prove from the topics alone that every frame has exactly one outcome, in "
          + "order, unchanged.",
      "Reads frames, masks, rejects, alarms and health from their start, and the service's "
          + "committed offsets."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:PASS: every promise was kept",
      "1:FAIL: a promise was broken, or the topics could not be read",
      "2:bad usage",
      "4:UNKNOWN: nothing seen broken, but a premise does not hold"
    },
    footer = {
      "%nExamples:",
      "  catseye verify --bootstrap-server localhost:9092",
      "  catseye verify --profile ledger --json verdict.json"
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description =
          "Consumer group of the service that makes the masks (default: the prefix and"
              + " \"catseye-perceive\").")
  private Optional<String> group;

  @Option(
      names = "--bundle",
      paramLabel = "DIGEST",
      description =
          "A bundle that may have made masks, by its digest; may be repeated (default: the one that"
              + " most masks name).")
  private Set<String> bundles = Set.of();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "live",
      description =
          "Profile that the service ran with, live or ledger: in ledger nothing may be shed"
              + " (default: ${DEFAULT-VALUE}).")
  private RunProfile profile;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the verdict to this file, too, with up to 20 examples per promise.")
  private Optional<Path> json;

  @Override
  public Integer call() throws Exception {
    Verdict verdict;
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      TopicNames topics = TopicNames.withPrefix(kafka.prefix());
      String service = group.orElse(kafka.prefix() + "catseye-perceive");
      verdict = new Verifier(cluster, topics, service, bundles, profile).verify();
    }
    spec.commandLine().getOut().print(VerdictPage.of(verdict));
    spec.commandLine().getOut().flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), VerdictJson.of(verdict));
    }
    return switch (verdict.word()) {
      case PASS -> ExitCode.DONE;
      case FAIL -> ExitCode.FAILED;
      case UNKNOWN -> ExitCode.UNKNOWN;
    };
  }
}
