"""`catseye-models draw`: draw street scenes with ground truth, as data for training and evaluation."""

import argparse
import os
from pathlib import Path

from catseye_models.errors import UsageError

EXAMPLE = "catseye-models draw lost-and-found --drives 1 --frames 20 --seed 3 -o drive"
TRAINING_EXAMPLE = "catseye-models draw cityscapes --drives 4 --frames 2 --split val -o drawn"

_EPILOG = f"""Equal arguments give equal pixels. A manifest names the generator (digests of its code and of the
obstacle catalogue), the arguments and the digest of every drive. A Lost & Found tree also holds times.csv: the name of
each frame and its capture time in microseconds since the first frame of its drive; every fifth of its drives shows no
obstacle. Printed, and written in its manifest, is what simple rules find on road and obstacles: controls that a network
has to beat.

examples:
  {EXAMPLE}
  {TRAINING_EXAMPLE}
"""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "draw",
        help="draw street scenes with ground truth",
        description="Draw drives through street scenes: cityscapes for training, lost-and-found with obstacles.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("layout", choices=("cityscapes", "lost-and-found"))
    parser.add_argument("--drives", type=int, required=True, metavar="N", help="number of drives, 1 or more")
    parser.add_argument("--frames", type=int, required=True, metavar="M", help="frames of each drive, 1 or more")
    parser.add_argument("--seed", type=int, default=0, help="0 or more (default: 0)")
    parser.add_argument("--split", help="cityscapes: train (default), val, test; lost-and-found: val, test (default)")
    parser.add_argument("--size", default="512x256", metavar="WxH", help="pixels of a frame (default: 512x256)")
    parser.add_argument("--jpeg", type=int, metavar="Q", help="JPEG frames of quality 1 to 95 (default: PNG)")
    parser.add_argument(
        "--period", type=int, default=100_000, metavar="MICROS", help="between frames (default: 100000)"
    )
    parser.add_argument("--no-instances", action="store_true", help="lost-and-found: leave out instanceIds")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N", help="processes (default: cores)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Draw."""
    _check(arguments)
    try:
        from catseye_models.scenes import draw
    except ModuleNotFoundError as missing:
        raise UsageError(f"drawing needs {missing.name}; install catseye-models with the extra 'draw'") from missing
    from catseye_models.scenes.drive import FrameSize
    from catseye_models.scenes.layouts import PictureFormat
    from catseye_models.scenes.manifest import Generator
    from catseye_models.scenes.series import CITYSCAPES_SPLITS, LOST_AND_FOUND_SPLITS, Series

    cityscapes = arguments.layout == "cityscapes"
    splits = CITYSCAPES_SPLITS if cityscapes else LOST_AND_FOUND_SPLITS
    split = arguments.split or ("train" if cityscapes else "test")
    if split not in splits:
        raise UsageError(f"--split {split}: {arguments.layout} has {', '.join(splits)}")
    series = Series(
        drives=arguments.drives,
        frames=arguments.frames,
        seed=arguments.seed,
        split=split,
        size=FrameSize(*_size(arguments.size)),
        pictures=PictureFormat(arguments.jpeg),
        period_micros=arguments.period,
        instances=not arguments.no_instances,
    )
    lines = []
    if cityscapes:
        draw.draw_cityscapes(series, arguments.output, workers=arguments.workers)
    else:
        lines = draw.draw_lost_and_found(series, arguments.output, workers=arguments.workers).lines()
    print(f"{series.drives} drives of {series.frames} frames in {arguments.output}; {Generator.here()}")
    print("\n".join(lines), end="\n" if lines else "")
    return 0


def _check(arguments: argparse.Namespace) -> None:
    problems = [
        f"--{name} {value}: must be {least} or more"
        for name, value, least in (
            ("drives", arguments.drives, 1),
            ("frames", arguments.frames, 1),
            ("seed", arguments.seed, 0),
            ("period", arguments.period, 1),
            ("workers", arguments.workers, 1),
        )
        if value < least
    ]
    if arguments.jpeg is not None and not 1 <= arguments.jpeg <= 95:
        problems.append(f"--jpeg {arguments.jpeg}: must be 1 to 95")
    if problems:
        raise UsageError(*problems)


def _size(text: str) -> tuple[int, int]:
    """Return width and height of text such as 512x256."""
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(part.isdecimal() and 64 <= int(part) <= 4096 for part in parts):
        raise UsageError(f"--size {text}: expected WIDTHxHEIGHT, each 64 to 4096, for example 512x256")
    return int(parts[0]), int(parts[1])
