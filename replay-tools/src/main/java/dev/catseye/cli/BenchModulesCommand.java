package dev.catseye.cli;

import dev.catseye.bench.BenchJson;
import dev.catseye.bench.ModulesTable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catseye bench modules}: what each network costs. */
@Command(
    name = "modules",
    mixinStandardHelpOptions = true,
    description = {
      "Time each stage (a network with the glue around it) and the fused graph, which always"
          + " computes all of its plans: a bundle of one plan times that plan.",
      "For synboost-light the paper's Table 5 stands beside it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:bad usage", "130:stopped by Ctrl-C"},
    footer = {
      "%nExamples:",
      "  catseye bench modules --bundle my-bundle/",
      "  catseye bench modules --bundle my-bundle/ --runs 5 --threads 2 --json times.json"
    })
final class BenchModulesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    return options.run(spec.commandLine(), ModulesTable::of, BenchJson::ofModules);
  }
}
