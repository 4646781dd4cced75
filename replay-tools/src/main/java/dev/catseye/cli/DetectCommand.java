package dev.catseye.cli;

import dev.catseye.bundle.Bundle;
import dev.catseye.bundle.PlanSpec;
import dev.catseye.detect.InferenceException;
import dev.catseye.detect.Provider;
import dev.catseye.image.FrameException;
import dev.catseye.stills.OutputNames;
import dev.catseye.stills.Still;
import dev.catseye.stills.StillConfig;
import dev.catseye.stills.StillDetector;
import dev.catseye.stills.StillWriter;
import dev.catseye.tools.ProgressBar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catseye detect}: pictures in, overlays out, no Kafka. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = {
      "Find anomalies in picture files, without Kafka.",
      "Writes per picture an overlay, the score map and the regions as JSON; prints "
          + "one line per picture."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every picture done",
      "1:failed, or no picture could be used",
      "2:bad usage",
      "3:done, some pictures could not be used"
    },
    footer = {
      "%nExamples:",
      "  catseye detect street.jpg -o found/",
      "  catseye detect a.png b.webp --bundle my-bundle/ --plan msp -o found/"
    })
final class DetectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "PICTURE",
      description = "JPEG, PNG or WebP files, told by their bytes.")
  private List<Path> pictures;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Folder for the results; made where it is missing.")
  private Path output;

  @Option(
      names = "--bundle",
      paramLabel = "DIR",
      description =
          "Folder or zip with the networks (default: the bundle that comes with Catseye).")
  private Optional<Path> bundle;

  @Option(
      names = "--plan",
      paramLabel = "NAME",
      description = "What to compute (default: the bundle's default plan).")
  private Optional<String> plan;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "Score from which a pixel counts, 0 to 1 (default: the plan's operating point).")
  private Optional<Float> threshold;

  @Option(
      names = "--min-area",
      paramLabel = "PX",
      defaultValue = "16",
      description = "Smallest region told, pixels of the picture (default: ${DEFAULT-VALUE}).")
  private int minAreaPx;

  @Option(
      names = "--provider",
      paramLabel = "cpu|cuda",
      defaultValue = "cpu",
      description = "Where to compute (default: ${DEFAULT-VALUE}).")
  private Provider provider;

  @Option(names = "--allow-cpu", description = "Go on with the CPU where there is no CUDA.")
  private boolean allowCpu;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute a picture (default: one per core).")
  private Optional<Integer> threads;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    StillConfig config = config();
    StillWriter writer = StillWriter.into(output); // before a network is loaded in vain
    Map<Path, String> names = OutputNames.of(pictures);
    Bundle networks = Bundle.open(bundle.orElseGet(this::shippedBundle));
    plan.ifPresent(name -> checkPlan(name, networks));
    int failed = 0;
    try (StillDetector detector = StillDetector.open(networks, config);
        ProgressBar progress =
            new ProgressBar(
                spec.commandLine().getErr(),
                !quiet && ProgressBar.watched(),
                "detect",
                names.size())) {
      int done = 0;
      for (Map.Entry<Path, String> entry : names.entrySet()) {
        progress.show(done++, entry.getKey().toString());
        if (!detect(entry.getKey(), entry.getValue(), detector, writer, progress)) {
          failed++;
        }
      }
    }
    if (failed == 0) {
      return ExitCode.DONE;
    }
    return failed == names.size() ? ExitCode.FAILED : ExitCode.LOSS;
  }

  /** Does one picture; tells why where it cannot be used. */
  private boolean detect(
      Path picture, String name, StillDetector detector, StillWriter writer, ProgressBar progress)
      throws IOException {
    Still still;
    try {
      still = detector.detect(picture);
    } catch (IOException | FrameException | InferenceException e) {
      progress.println("catseye detect: " + picture + ": " + reason(picture, e));
      return false;
    }
    Path overlay = writer.write(name, still, detector);
    spec.commandLine().getOut().println(line(still, detector, overlay));
    spec.commandLine().getOut().flush();
    return true;
  }

  private static String reason(Path picture, Exception failure) {
    if (Files.isDirectory(picture)) {
      return "is a folder; name the pictures in it";
    }
    return failure instanceof IOException ? Failures.line(failure) : failure.getMessage();
  }

  private static String line(Still still, StillDetector detector, Path overlay) {
    int count = still.regions().size();
    return String.format(
        Locale.ROOT,
        "%s: %d region%s, highest score %.3f, %.2f %% of the picture at %.3f or above, %s",
        still.picture(),
        count,
        count == 1 ? "" : "s",
        still.maxScore(),
        100 * still.fractionAbove(detector.thresholdByte()),
        detector.operatingPoint().threshold(),
        overlay);
  }

  private StillConfig config() {
    threshold.ifPresent(
        score -> check(score >= 0 && score <= 1, "--threshold " + score + " outside [0, 1]"));
    check(minAreaPx >= 1, "--min-area " + minAreaPx + " below 1");
    int cores = Runtime.getRuntime().availableProcessors();
    check(threads.orElse(cores) >= 1, "--threads " + threads.orElse(cores) + " below 1");
    return new StillConfig(plan, threshold, minAreaPx, provider, allowCpu, threads.orElse(cores));
  }

  private void checkPlan(String name, Bundle networks) {
    List<String> known = networks.plans().stream().map(PlanSpec::name).toList();
    check(
        known.contains(name),
        "no plan '%s' in %s; it has %s".formatted(name, networks, String.join(", ", known)));
  }

  private Path shippedBundle() {
    String home = System.getProperty("catseye.home");
    check(home != null, "--bundle is missing, and this is not a Catseye checkout with its own");
    return Path.of(home, "onnx-models", "bundles", "starter");
  }

  private void check(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
