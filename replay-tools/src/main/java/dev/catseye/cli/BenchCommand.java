package dev.catseye.cli;

import picocli.CommandLine.Command;

/** {@code catseye bench}: times networks, or the whole stream; what is timed is its verb. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = {
      "Time things on this machine: networks alone without Kafka (modules, fused; the bundle must"
          + " keep its stages, that is, it was written with --modules), or the whole stream."
    },
    footer = {
      "%nExamples:",
      "  catseye bench modules --bundle my-bundle/",
      "  catseye bench stream --load 2"
    },
    subcommands = {
      BenchModulesCommand.class,
      BenchFusedCommand.class,
      BenchStreamCommand.class,
      BenchOverheadCommand.class
    })
final class BenchCommand {}
