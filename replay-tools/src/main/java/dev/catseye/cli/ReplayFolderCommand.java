package dev.catseye.cli;

import dev.catseye.source.PictureFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catseye replay folder}: the pictures of one folder. */
@Command(
    name = "folder",
    mixinStandardHelpOptions = true,
    description =
        "Send the JPEG, PNG and WebP pictures of a folder as one drive, in the natural "
            + "order of their names (2 before 10).",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all frames sent",
      "1:failed",
      "2:bad usage",
      "3:done, some frames skipped",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExample:",
      "  catseye replay folder pictures/ --rate x2 --bootstrap-server localhost:9092"
    })
final class ReplayFolderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ReplayOptions options;

  @Parameters(index = "0", paramLabel = "DIR", description = "Folder with the pictures.")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    return options.run(spec.commandLine(), List.of(PictureFolder.list(folder)), folder);
  }
}
