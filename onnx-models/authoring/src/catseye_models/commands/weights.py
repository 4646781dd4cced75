"""`catseye-models weights`: weights of the maps that a plan mixes, chosen on validation drives."""

import argparse
import json
from pathlib import Path

from catseye_models.commands.options import add_drives, series_of

EXAMPLE = "catseye-models weights my-bundle -o weights.json"

_DESCRIPTION = """Choose the weights of synboost-light (grid search: the lowest FPR95 on the road) and synboost-e2e
(learned: the lowest cross-entropy) on drawn drives of split val. The bundle needs one of the two plans; the weights it
has play no part. The file is for compose --weights; the table goes to stdout."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "weights",
        help="choose the weights of the maps that a plan mixes",
        description=_DESCRIPTION,
        epilog=f"example: {EXAMPLE}",
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder or zip")
    add_drives(parser)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows of the table")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="JSON", help="file for compose --weights")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Draw, choose, write; print the table."""
    series = series_of(arguments, "val")
    from catseye_models import tables
    from catseye_models.bundle.subject import Subject
    from catseye_models.ensemble.choice import choose_weights

    chosen = choose_weights(Subject.read(arguments.bundle).graph, series)
    chosen.write(arguments.output)
    if arguments.json:
        arguments.json.write_text(json.dumps(chosen.rows, indent=2) + "\n", encoding="utf-8")
    print(tables.text(chosen.rows))
    return 0
