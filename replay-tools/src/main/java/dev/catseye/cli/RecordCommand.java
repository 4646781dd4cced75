package dev.catseye.cli;

import picocli.CommandLine.Command;

/** {@code catseye record}: writes topics to files; what is recorded is its verb. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    description = "Write what lies on a topic to files that other tools read.",
    footer = {"%nExample:", "  catseye record masks --to recorded/"},
    subcommands = {RecordMasksCommand.class})
final class RecordCommand {}
