package dev.catseye.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.catseye.alarmlevel.AlarmEvaluation;
import dev.catseye.alarmlevel.AlarmEvaluator;
import dev.catseye.alarmlevel.AlarmJson;
import dev.catseye.alarmlevel.AlarmTable;
import dev.catseye.alarmlevel.ObstacleRule;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye evaluate}: metrics of the masks and alarms on the topics. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = {
      "Score the masks against ground truth: pooled AP, AUROC and FPR95 over all "
          + "valid pixels.",
      "Frames are joined by camera, boot and sequence; maps are enlarged to the size "
          + "of the labels by Pillow's bicubic rule.",
      "Then the alarms against the labelled obstacles: alarmed and missed, false alarms per "
          + "minute, and how long before the obstacle left the picture. An alarm meets an "
          + "obstacle when a quarter of its box lies in the obstacle's bounds. For another "
          + "operating point run the service with `operating-point` and replay under another "
          + "--prefix."
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

  @Option(
      names = "--obstacle-px",
      paramLabel = "PIXELS",
      defaultValue = "64",
      description =
          "A frame shows an obstacle from this many of its pixels on (default: ${DEFAULT-VALUE}).")
  private int obstaclePx;

  @Option(
      names = "--obstacle-frames",
      paramLabel = "FRAMES",
      defaultValue = "5",
      description = "An obstacle counts when this many frames show it (default: ${DEFAULT-VALUE}).")
  private int obstacleFrames;

  @Override
  public Integer call() throws Exception {
    ObstacleRule obstacles = obstacles();
    TopicEvaluation evaluation;
    AlarmEvaluation alarms;
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      evaluation =
          new TopicEvaluator(cluster.config(), kafka.topics(), plan)
              .evaluate(new EvaluationSettings(mode, rule, imageMean));
      alarms = new AlarmEvaluator(cluster.config(), kafka.topics(), plan).evaluate(obstacles);
    }
    spec.commandLine().getOut().print(EvaluationTable.of(evaluation));
    spec.commandLine().getOut().print(AlarmTable.of(alarms));
    spec.commandLine().getOut().flush();
    if (json.isPresent()) {
      ObjectNode root = EvaluationJson.of(evaluation);
      root.set("alarms", AlarmJson.of(alarms));
      Files.writeString(json.get(), root.toPrettyString() + "\n");
    }
    if (evaluation.result().pooled().isEmpty()) {
      return ExitCode.UNKNOWN;
    }
    return evaluation.complete() ? ExitCode.DONE : ExitCode.LOSS;
  }

  private ObstacleRule obstacles() {
    if (obstaclePx < 1 || obstacleFrames < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--obstacle-px %d, --obstacle-frames %d, expected 1 or more"
              .formatted(obstaclePx, obstacleFrames));
    }
    return new ObstacleRule(obstaclePx, obstacleFrames);
  }
}
