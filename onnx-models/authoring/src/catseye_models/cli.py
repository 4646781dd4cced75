"""The command `catseye-models`: a registry of verbs, one module each.

A verb is a module in `catseye_models.commands` with two functions (see `Verb`). Its name is listed in `VERBS`;
that line is all that a new verb changes here.
"""

import argparse
import importlib
import keyword
import sys
from collections.abc import Sequence
from typing import Protocol, cast

from catseye_models import __version__
from catseye_models.errors import AuthoringError

VERBS: tuple[str, ...] = ("bench", "check", "compose", "draw", "export", "import", "measure", "train", "weights")

EXIT_CODES = "exit codes: 0 done, 1 failed, 2 bad usage or spec"


class Verb(Protocol):
    """What each module in `catseye_models.commands` offers.

    Heavy imports (onnx, torch, onnxruntime) belong inside `run`, so that `--help` answers at once and a verb whose
    extra is not installed can say so in one line.
    """

    @staticmethod
    def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
        """Add this verb's parser, ending in an example, and return it."""

    @staticmethod
    def run(arguments: argparse.Namespace) -> int:
        """Do the work; results on stdout, all else on stderr; return the exit code."""


def verb_module(name: str) -> Verb:
    """Import the module of the verb `name` (`grid-search` lives in `grid_search.py`, `import` in `import_.py`)."""
    module = f"{name}_" if keyword.iskeyword(name) else name.replace("-", "_")
    return cast(Verb, importlib.import_module(f"catseye_models.commands.{module}"))


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every verb of `VERBS`; the chosen verb's `run` is in the attribute `run`."""
    parser = argparse.ArgumentParser(
        prog="catseye-models",
        description="Draw, train, export and compose the ONNX graphs that Catseye runs.",
        epilog=EXIT_CODES,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in VERBS:
        module = verb_module(name)
        module.add_parser(verbs).set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return its exit code. Expected failures become lines on stderr, never a traceback."""
    parsed = build_parser().parse_args(arguments)
    try:
        return int(parsed.run(parsed))
    except AuthoringError as failure:
        for problem in failure.problems:
            print(f"catseye-models {parsed.verb}: {problem}", file=sys.stderr)
        return failure.exit_code
    except OSError as failure:
        print(f"catseye-models {parsed.verb}: {failure.filename or 'i/o'}: {failure.strerror}", file=sys.stderr)
        return AuthoringError.exit_code
    except KeyboardInterrupt:
        print(f"catseye-models {parsed.verb}: interrupted", file=sys.stderr)
        return 130
