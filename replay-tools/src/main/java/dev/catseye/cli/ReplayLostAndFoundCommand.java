package dev.catseye.cli;

import dev.catseye.source.LabelFolder;
import dev.catseye.source.LabelView;
import dev.catseye.source.LostAndFound;
import dev.catseye.source.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catseye replay lost-and-found}: drives in the layout of the Lost &amp; Found data set. */
@Command(
    name = "lost-and-found",
    mixinStandardHelpOptions = true,
    description = {
      "Send drives in Lost & Found layout " + "(DIR/leftImg8bit/SPLIT/SCENE/*_leftImg8bit.png).",
      "Each sequence is a drive and a boot of its own, whose frames count 0, 1, 2."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all frames sent",
      "1:failed",
      "2:bad usage",
      "3:done, some frames skipped",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExamples:",
      "  catseye replay lost-and-found lost_and_found/ --labels fishyscapes --rate max",
      "  catseye replay lost-and-found drives/demo --labels obstacle --time restamp"
    })
final class ReplayLostAndFoundCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReplayOptions options;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder that holds leftImg8bit.")
  private Path folder;

  @Option(
      names = "--labels",
      paramLabel = "VIEW",
      description =
          "Send labels, read as hazard (gtCoarse labelTrainIds: 2 is anomaly, 0 and 1 "
              + "normal), obstacle (gtCoarse labelIds: 2 and up anomaly, 1 normal) or "
              + "fishyscapes (1 anomaly, 0 normal). All other values are void. Default: no "
              + "labels.")
  private Optional<LabelView> view;

  @Option(
      names = "--labels-dir",
      paramLabel = "DIR",
      description = "Where the labels are (default: gtCoarse or fishyscapes_lostandfound in DIR).")
  private Optional<Path> labelFolder;

  @Option(names = "--split", paramLabel = "NAME", description = "Only this split; repeatable.")
  private Set<String> splits = new LinkedHashSet<>();

  @Option(names = "--scene", paramLabel = "NAME", description = "Only this scene; repeatable.")
  private Set<String> scenes = new LinkedHashSet<>();

  @Option(
      names = "--sequence",
      paramLabel = "NAME",
      description = "Only this sequence, as 000008 or SCENE_000008; repeatable.")
  private Set<String> sequences = new LinkedHashSet<>();

  @Override
  public Integer call() throws Exception {
    Selection selection = new Selection(splits, scenes, sequences);
    return options.run(spec.commandLine(), LostAndFound.list(folder, selection, labels()), folder);
  }

  private Optional<LabelFolder> labels() throws IOException {
    if (view.isEmpty()) {
      return Optional.empty();
    }
    Path where = labelFolder.orElseGet(() -> LabelFolder.usual(folder, view.get()));
    return Optional.of(LabelFolder.open(where, view.get()));
  }
}
