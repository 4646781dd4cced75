package dev.catseye.cli;

import picocli.CommandLine.Command;

/**
 * {@code catseye replay}: sends recorded pictures as frames; the forms of recording are its verbs.
 */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "FORM",
    description = {
      "Send recorded pictures to topic frames at the pace they were captured, and "
          + "their labels to topic ground-truth.",
      "Files are sent byte for byte."
    },
    footer = {"%nExample:", "  catseye replay folder pictures/ --rate 10Hz"},
    subcommands = {ReplayLostAndFoundCommand.class, ReplayFolderCommand.class})
final class ReplayCommand {}
