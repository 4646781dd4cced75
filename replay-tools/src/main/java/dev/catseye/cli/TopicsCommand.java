package dev.catseye.cli;

import dev.catseye.schemas.Topic;
import dev.catseye.schemas.Topics;
import dev.catseye.tools.Cluster;
import dev.catseye.topics.Catalogue;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catseye topics}: creates and checks the topics. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Create the topics that are missing, or check all of them.",
      "Both end with a list of every deviation from the catalogue."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all topics are as they should be",
      "1:failed, or some deviate",
      "2:bad usage"
    },
    footer = {
      "%nExamples:",
      "  catseye topics create --bootstrap-server localhost:9092",
      "  catseye topics create --cameras front,left,right,rear",
      "  catseye topics check --prefix test- --partitions 8"
    })
final class TopicsCommand implements Callable<Integer> {
  /** What to do. */
  enum Action {
    CREATE,
    CHECK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Parameters(index = "0", paramLabel = "create|check", description = "What to do.")
  private Action action;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "Partitions of each topic that is keyed by camera (default: the catalogue's).")
  private Optional<Integer> partitions;

  @Option(
      names = "--cameras",
      paramLabel = "IDS",
      split = ",",
      description =
          "One partition for each of these cameras, in this order; whoever sends frames needs the"
              + " same list.")
  private List<String> cameras = List.of();

  @Override
  public Integer call() throws Exception {
    if (partitions.isPresent() && !cameras.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--cameras says how many partitions there are; leave --partitions out");
    }
    if (partitions.isPresent() && partitions.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--partitions %d, expected 1 or more".formatted(partitions.get()));
    }
    Topics topics = CameraList.topics(spec.commandLine(), kafka, cameras);
    PrintWriter out = spec.commandLine().getOut();
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      Catalogue catalogue = new Catalogue(cluster, topics, partitions);
      if (action == Action.CREATE) {
        for (Topic<?> topic : catalogue.create()) {
          out.println("created %s: %d partitions".formatted(topic.name(), topic.partitions()));
        }
      }
      List<String> deviations = catalogue.deviations();
      deviations.forEach(out::println);
      out.println("%d topics, %d deviations".formatted(catalogue.size(), deviations.size()));
      return deviations.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }
}
