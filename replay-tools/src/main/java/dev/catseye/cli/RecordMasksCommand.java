package dev.catseye.cli;

import dev.catseye.record.MaskRecorder;
import dev.catseye.record.Overlays;
import dev.catseye.tools.ClientConfig;
import dev.catseye.tools.Cluster;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catseye record masks}: score maps, labels and overlays as files. */
@Command(
    name = "masks",
    mixinStandardHelpOptions = true,
    description = {
      "Write the masks that are committed now as files.",
      "Per DETECTED frame scores/NAME.png (grey, score = value / 255; maps of 16 bits"
          + " as NAME.npy, float32), labels/NAME.png where there is ground truth (0 normal,"
          + " 1 anomaly, 255 void), and index.csv with a line for every mask. NAME is "
          + "camera.boot.nSEQUENCE."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:bad usage", "3:done, but a frame had several masks"},
    footer = {"%nExample:", "  catseye record masks --to recorded/ --overlays 6"})
final class RecordMasksCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private KafkaOptions kafka;

  @Option(names = "--to", paramLabel = "DIR", required = true, description = "Folder to write to.")
  private Path folder;

  @Option(
      names = "--overlays",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Also paint N frames that are still on topic frames, the one with the most to see of each",
        "of N equal stretches, to overlays/ (default: ${DEFAULT-VALUE})."
      })
  private int overlays;

  @Override
  public Integer call() throws Exception {
    if (overlays < 0) {
      throw new ParameterException(
          spec.commandLine(), "--overlays %d, expected 0 or more".formatted(overlays));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Cluster cluster = Cluster.connect(kafka.client())) {
      ClientConfig client = cluster.config();
      MaskRecorder.Report report = new MaskRecorder(client, kafka.topics(), folder).record();
      out.println(
          "%d masks: %d score maps, %d label planes, %d repeated, in %s"
              .formatted(
                  report.masks(), report.scores(), report.labels(), report.repeated(), folder));
      if (overlays > 0) {
        Path pictures = Files.createDirectories(folder.resolve("overlays"));
        int written = new Overlays(client, kafka.topics()).write(pictures, overlays).size();
        out.println("%d overlays in %s".formatted(written, pictures));
      }
      return report.repeated() == 0 ? ExitCode.DONE : ExitCode.LOSS;
    }
  }
}
