package dev.catseye.cli;

import picocli.CommandLine.Command;

/** {@code catseye bench}: times a bundle's networks; what is timed is its verb. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = {
      "Time a bundle's networks on this machine, without Kafka.",
      "The bundle must keep its stages: it was written with --modules."
    },
    footer = {"%nExample:", "  catseye bench modules --bundle my-bundle/"},
    subcommands = {BenchModulesCommand.class, BenchFusedCommand.class})
final class BenchCommand {}
