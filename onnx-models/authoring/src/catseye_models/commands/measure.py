"""`catseye-models measure`: how well a bundle tells obstacles from the rest."""

import argparse
import json
import os
import sys
from pathlib import Path

from catseye_models.commands.options import add_drives, series_of

EXAMPLE = "catseye-models measure drives my-bundle --split test"

_DRIVES = """Measure every plan of a bundle, the maps that its plans mix, and simple rules as controls on drawn drives
with obstacles, on ground-truth road and obstacles and on all pixels; and what each operating point of a plan finds, of
small obstacles apart from large ones. The table goes to stdout."""

REAL_EXAMPLE = "catseye-models measure real my-bundle --beside espnet-bundle --log REAL_EVALUATIONS.jsonl"

_REAL = """Measure every plan of a bundle and the maps that its plans mix on real frames: Lost & Found with the masks of
Fishyscapes, Fishyscapes Static, Road Anomaly; at full size, all valid pixels of a data set pooled. The table goes to
stdout, beside published figures, and the log grows by one line. A log of five lines takes no more: nothing may be tuned
on these frames."""


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
    real = pictures.add_parser("real", help="real frames", description=_REAL, epilog=f"example: {REAL_EXAMPLE}")
    real.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder or zip")
    real.add_argument(
        "--data",
        type=Path,
        default=Path(os.environ.get("CATSEYE_DATA") or "../shared/data"),
        metavar="DIR",
        help="of the data sets (default: CATSEYE_DATA, else ../shared/data)",
    )
    real.add_argument(
        "--beside", type=Path, action="append", default=[], metavar="BUNDLE", help="measured too, for comparison"
    )
    real.add_argument("--log", type=Path, required=True, metavar="JSONL", help="where every evaluation is kept")
    real.add_argument("--note", default="", metavar="TEXT", help="what was tried, for the log")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Measure; print the table."""
    return _real(arguments) if arguments.pictures == "real" else _drives(arguments)


def _drives(arguments: argparse.Namespace) -> int:
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


def _real(arguments: argparse.Namespace) -> int:
    from catseye_models.real import log

    log.require_room(arguments.log)
    from tqdm import tqdm

    from catseye_models import tables
    from catseye_models.bundle.subject import Subject
    from catseye_models.real.evaluate import PUBLISHED, evaluate
    from catseye_models.real.frames import real_sets

    sets = real_sets(arguments.data)
    subjects = [Subject.read(bundle) for bundle in (arguments.bundle, *arguments.beside)]
    total = len(subjects) * sum(len(one.frames) for one in sets)
    with tqdm(total=total, unit="frame", disable=not sys.stderr.isatty()) as bar:
        rows = [*evaluate(subjects, sets, told=bar.update), *PUBLISHED]
    log.append(arguments.log, subjects[0], rows, note=arguments.note)
    print(tables.text(rows))
    return 0
