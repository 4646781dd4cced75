"""Options that verbs share: which drives to draw."""

import argparse
from typing import TYPE_CHECKING

from catseye_models.errors import UsageError

if TYPE_CHECKING:
    from catseye_models.scenes.series import Series

_LEAST = {"drives": 1, "frames": 1, "seed": 0, "period": 1}


def add_drives(parser: argparse.ArgumentParser) -> None:
    """Add which drives are drawn; the defaults are those of `frozen/`."""
    group = parser.add_argument_group("drives with obstacles", "drawn as the verb draw does; every fifth shows none")
    group.add_argument("--drives", type=int, default=25, metavar="N", help="default: %(default)s")
    group.add_argument("--frames", type=int, default=44, metavar="N", help="of each drive (default: %(default)s)")
    group.add_argument("--seed", type=int, default=1, help="0 or more (default: %(default)s)")
    group.add_argument("--period", type=int, default=300_000, metavar="MICROS", help="default: %(default)s")


def series_of(arguments: argparse.Namespace, split: str) -> "Series":
    """Return the drives that the options ask for, 512x256; raise `UsageError` for impossible numbers."""
    wrong = [
        f"--{name} {value}: must be {least} or more"
        for name, least in _LEAST.items()
        if (value := getattr(arguments, name)) < least
    ]
    if wrong:
        raise UsageError(*wrong)
    try:
        from catseye_models.scenes.drive import WORKING_SIZE
        from catseye_models.scenes.series import Series
    except ModuleNotFoundError as missing:
        raise UsageError(f"drawing needs {missing.name}: pip install 'catseye-models[draw]'") from missing
    return Series(
        drives=arguments.drives,
        frames=arguments.frames,
        seed=arguments.seed,
        split=split,
        size=WORKING_SIZE,
        period_micros=arguments.period,
    )
