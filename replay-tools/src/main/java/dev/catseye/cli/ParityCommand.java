package dev.catseye.cli;

import dev.catseye.bundle.Bundle;
import dev.catseye.detect.Provider;
import dev.catseye.detect.RuntimeConfig;
import dev.catseye.parity.Comparison;
import dev.catseye.parity.Kit;
import dev.catseye.parity.KitPicture;
import dev.catseye.parity.Parity;
import dev.catseye.parity.ParityJson;
import dev.catseye.parity.ParityText;
import dev.catseye.tools.ProgressBar;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catseye parity}: a bundle against golden tensors of the original. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = {
      "Compare a bundle of SynBoost Light with what the original computed.",
      "Runs every stage on golden inputs, then the fused graph on the picture; prints one line"
          + " per tensor. The bundle needs stages: import or compose it with --modules."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every tensor is within its tolerance",
      "1:one is not, or kit, picture or bundle cannot be used",
      "2:bad usage"
    },
    footer = {
      "%nExamples:",
      "  catseye parity ../shared/parity/golden/light-seed1 --bundle light",
      "  catseye parity kit --bundle light --image street.png --json parity.json"
    })
final class ParityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "KIT_DIR",
      description = "Folder with meta.json and golden tensors of one picture.")
  private Path kitFolder;

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "BUNDLE",
      description = "Folder or zip of the bundle.")
  private Path bundleSource;

  @Option(
      names = "--image",
      paramLabel = "FILE",
      description =
          "The kit's picture (default: looked for under its name in KIT_DIR, then in the folder"
              + " samples of CATSEYE_DATA).")
  private Optional<Path> image;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: one per core).")
  private Optional<Integer> threads;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures there, too.")
  private Optional<Path> json;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    int count = threads.orElse(Runtime.getRuntime().availableProcessors());
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "--threads " + count + " below 1");
    }
    RuntimeConfig config = new RuntimeConfig(Provider.CPU, false, count);
    Kit kit = Kit.open(kitFolder);
    KitPicture picture = KitPicture.find(kit, image, samples());
    Bundle bundle = Bundle.open(bundleSource);
    List<Comparison> comparisons = compare(bundle, kit, picture, config);
    if (json.isPresent()) {
      Files.writeString(json.get(), ParityJson.of(bundle, kit, picture, config, comparisons));
    }
    long passed = comparisons.stream().filter(Comparison::passed).count();
    boolean all = passed == comparisons.size();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %d of %d tensors within their tolerances; %s, picture %s, %d threads%n",
        ParityText.verdict(all), passed, comparisons.size(), bundle, picture.file(), count);
    return all ? ExitCode.DONE : ExitCode.FAILED;
  }

  private List<Comparison> compare(
      Bundle bundle, Kit kit, KitPicture picture, RuntimeConfig config) {
    try (ProgressBar progress =
        new ProgressBar(
            spec.commandLine().getErr(), !quiet && ProgressBar.watched(), "parity", Parity.STEPS)) {
      return Parity.run(
          bundle,
          kit,
          picture.frame(),
          config,
          new Parity.Watcher() {
            @Override
            public void step(int done, String name) {
              progress.show(done, name);
            }

            @Override
            public void found(Comparison comparison) {
              spec.commandLine().getOut().println(ParityText.line(comparison));
              spec.commandLine().getOut().flush();
            }
          });
    }
  }

  /** Where real pictures lie: {@code CATSEYE_DATA}, or beside the checkout. */
  private static Path samples() {
    Path data =
        Optional.ofNullable(System.getenv("CATSEYE_DATA"))
            .map(Path::of)
            .orElseGet(
                () ->
                    Path.of(System.getProperty("catseye.home", "."))
                        .resolve(Path.of("..", "shared", "data")));
    return data.resolve("samples").normalize();
  }
}
