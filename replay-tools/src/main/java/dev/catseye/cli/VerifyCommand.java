package dev.catseye.cli;

import dev.catseye.tools.Cluster;
import dev.catseye.verify.RunProfile;
import dev.catseye.verify.RunSettings;
import dev.catseye.verify.TopicNames;
import dev.catseye.verify.Verdict;
import dev.catseye.verify.VerdictJson;
import dev.catseye.verify.VerdictPage;
import dev.catseye.verify.Verifier;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye verify}: the black-box checker. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Prove from the topics alone that every frame has exactly one outcome, in "
          + "order, unchanged, and that alarms and health follow from the outcomes.",
      "Reads all topics of a service from their start, and its committed offsets."
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
      "  catseye verify --profile ledger --json verdict.json",
      "  catseye verify --provider CUDA --settings service.properties"
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
      names = "--provider",
      paramLabel = "NAME",
      description =
          "An execution provider that may have made masks, CPU or CUDA; may be repeated (default:"
              + " the one that most masks name).")
  private Set<String> providers = Set.of();

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "The service's settings file. Needed where the run had other values than the defaults for"
              + " alarm.*, sight.*, region.*, frame.overdue or health.*: no topic tells them.")
  private Optional<Path> settings;

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
    RunSettings run = runSettings();
    Verdict verdict;
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      TopicNames topics = TopicNames.withPrefix(kafka.prefix());
      String perceive = group.orElse(kafka.prefix() + "catseye-perceive");
      verdict = new Verifier(cluster, topics, perceive, run).verify();
    }
    spec.commandLine().getOut().print(VerdictPage.of(verdict));
    spec.commandLine().getOut().flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), VerdictJson.of(verdict));
    }
    return ExitCode.of(verdict.word());
  }

  private RunSettings runSettings() {
    Properties properties = new Properties();
    if (settings.isPresent()) {
      try (Reader reader = Files.newBufferedReader(settings.get())) {
        properties.load(reader);
      } catch (IOException e) {
        throw new ParameterException(
            spec.commandLine(), "--settings: cannot read " + settings.get(), e);
      }
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    try {
      return RunSettings.of(profile, values).madeBy(bundles, providers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--settings: " + e.getMessage(), e);
    }
  }
}
