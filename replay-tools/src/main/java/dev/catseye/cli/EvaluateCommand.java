package dev.catseye.cli;

import dev.catseye.evaluate.CountMode;
import dev.catseye.evaluate.EvaluationJson;
import dev.catseye.evaluate.EvaluationSettings;
import dev.catseye.evaluate.EvaluationTable;
import dev.catseye.evaluate.Fpr95Rule;
import dev.catseye.evaluate.TopicEvaluation;
import dev.catseye.evaluate.TopicEvaluator;
import dev.catseye.tools.Cluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catseye evaluate}: metrics of the masks on the topics. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Score the masks against ground truth: pooled AP, AUROC and FPR95 over all "
          + "valid pixels.",
      "Frames are joined by camera, boot and sequence; maps are enlarged to the size "
          + "of the labels by Pillow's bicubic rule."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every labelled frame was scored",
      "1:failed",
      "2:bad usage",
      "3:some labelled frames have no DETECTED mask",
      "4:nothing to measure: no anomaly or no normal pixels"
    },
    footer = {
      "%nExamples:",
      "  catseye evaluate --bootstrap-server localhost:9092",
      "  catseye evaluate --plan msp --mode histogram --json metrics.json"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--plan",
      paramLabel = "NAME",
      description = "Score the masks of this plan (default: the only plan there is).")
  private Optional<String> plan;

  @Option(
      names = "--mode",
      paramLabel = "exact|histogram",
      defaultValue = "exact",
      description =
          "Count every distinct score, in at most 3 bytes per pixel, or 65,536 bins over [0, 1]"
              + " in 1 MiB (default: ${DEFAULT-VALUE}).")
  private CountMode mode;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      defaultValue = "first-reaching",
      description =
          "Where FPR95 is read: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, the rule of"
              + " Fishyscapes).")
  private Fpr95Rule rule;

  @Option(
      names = "--image-mean",
      description = "Also print the mean over frames, as CAOS and SynthCP report it.")
  private boolean imageMean;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the result to this file, too, with every digit.")
  private Optional<Path> json;

  @Override
  public Integer call() throws Exception {
    TopicEvaluation evaluation;
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      evaluation =
          new TopicEvaluator(cluster.config(), kafka.topics(), plan)
              .evaluate(new EvaluationSettings(mode, rule, imageMean));
    }
    spec.commandLine().getOut().print(EvaluationTable.of(evaluation));
    spec.commandLine().getOut().flush();
    if (json.isPresent()) {
      Files.writeString(json.get(), EvaluationJson.of(evaluation));
    }
    if (evaluation.result().pooled().isEmpty()) {
      return ExitCode.UNKNOWN;
    }
    return evaluation.complete() ? ExitCode.DONE : ExitCode.LOSS;
  }
}
