package dev.catseye.cli;

import dev.catseye.bench.BenchJson;
import dev.catseye.bench.FusedTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catseye bench fused}: what fusing gains. */
@Command(
    name = "fused",
    mixinStandardHelpOptions = true,
    description = {
      "Time the fused graph against its stages, run one after another in the runtime's memory.",
      "Runs alternate in one process, and each pair must give the same maps."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, or the two gave different maps",
      "2:bad usage",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "%nExamples:",
      "  catseye bench fused --bundle my-bundle/",
      "  catseye bench fused --bundle my-bundle/ --picture street.png"
    })
final class BenchFusedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    return options.run(spec.commandLine(), FusedTable::of, BenchJson::ofFused);
  }
}
