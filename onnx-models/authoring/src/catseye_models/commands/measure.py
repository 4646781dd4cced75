"""`catseye-models measure`: how well a bundle tells obstacles from the rest."""

import argparse
import json
from pathlib import Path

from catseye_models.commands.options import add_drives, series_of

EXAMPLE = "catseye-models measure drives my-bundle --split test"

_DRIVES = """Measure every plan of a bundle, the maps that its plans mix, and simple rules as controls on drawn drives
with obstacles, on ground-truth road and obstacles and on all pixels; and what each operating point of a plan finds, of
small obstacles apart from large ones. The table goes to stdout."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "measure", help="measure a bundle on pictures with ground truth", epilog=f"example: {EXAMPLE}"
    )
    pictures = parser.add_subparsers(dest="pictures", metavar="PICTURES", required=True)
    drives = pictures.add_parser(
        "drives", help="drawn drives with obstacles", description=_DRIVES, epilog=f"example: {EXAMPLE}"
    )
    drives.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder or zip")
    drives.add_argument("--split", choices=("val", "test"), default="val", help="default: %(default)s")
    add_drives(drives)
    drives.add_argument("--json", type=Path, metavar="FILE", help="write the rows of the table")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Measure; print the table."""
    series = series_of(arguments, arguments.split)
    from catseye_models import tables
    from catseye_models.bundle.subject import Subject
    from catseye_models.measuring import measure_drives

    subject = Subject.read(arguments.bundle)
    rows = tables.rows(measure_drives(subject.graph, series), subject.points)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(tables.text(rows))
    return 0
