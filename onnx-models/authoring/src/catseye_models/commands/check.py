"""`catseye-models check`: everything that is wrong with a bundle, in one list."""

import argparse
from pathlib import Path

EXAMPLE = "catseye-models check my-bundle"


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "check",
        help="check files, hashes, graphs and golden frame of a bundle",
        description="Check files, hashes, graphs and golden frame of a bundle; every problem is listed.",
        epilog=f"example:\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder or zip")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Check; print one line per golden answer; every problem goes to stderr and makes the exit code 1."""
    from catseye_models.bundle import check, store

    files = store.read(arguments.bundle)
    for line in check.require_sound(files):
        print(line)
    print(f"{arguments.bundle}: sound, digest {store.sha256(files[store.MANIFEST])}")
    return 0
