"""`catseye-models train`: train networks of ours from drawn scenes."""

import argparse
import os
import time
from pathlib import Path

from catseye_models.errors import UsageError

EXAMPLE = "catseye-models train segmentation --data drawn -o run"
STARTER_EXAMPLE = "catseye-models train starter --work starter-work -o starter"

_DESCRIPTION = "Train a network on the train split of a Cityscapes tree, choosing by its val split."
_RESUME = "Interrupted, the same command goes on from where it was."


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser("train", help="train a network from drawn scenes", epilog=f"example: {EXAMPLE}")
    networks = parser.add_subparsers(dest="network", metavar="NETWORK", required=True)
    _add_segmentation(networks)
    _add_starter(networks)
    return parser


def _add_segmentation(networks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = networks.add_parser(
        "segmentation", help="the network alone", description=f"{_DESCRIPTION} {_RESUME}", epilog=f"example: {EXAMPLE}"
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="tree in Cityscapes layout")
    parser.add_argument("--iterations", type=int, default=3000, metavar="N", help="default: %(default)s")
    parser.add_argument(
        "--batch", type=int, default=8, metavar="N", help="frames of an iteration (default: %(default)s)"
    )
    parser.add_argument(
        "--validate-every", type=int, default=300, metavar="N", help="iterations (default: %(default)s)"
    )
    parser.add_argument("--width", type=float, default=1.0, help="factor on all channels (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=11, help="0 or more (default: %(default)s)")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: %(default)s)")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="DIR", help="best.pt, last.pt, metrics.jsonl"
    )


def _add_starter(networks: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = networks.add_parser(
        "starter",
        help="the starter bundle from nothing",
        description=f"Draw, train, export, compose and measure; about three hours of one core. {_RESUME}",
        epilog=f"example: {STARTER_EXAMPLE}",
    )
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="keeps every step's result, 5 GB")
    parser.add_argument(
        "--video",
        type=Path,
        metavar="FILE",
        help="real street, without labels, to learn light, colours and surfaces from (default: drawn scenes alone)",
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count(), metavar="N", help="drawing (default: cores)")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: %(default)s)")
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="BUNDLE")


def run(arguments: argparse.Namespace) -> int:
    """Train."""
    _check(arguments)
    try:
        import torch

        import catseye_models.training.starter  # noqa: F401  # needs every extra
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"training needs {missing.name}; install catseye-models with the extras 'draw', 'train' and 'dev'"
        ) from missing
    torch.set_num_threads(arguments.threads)
    return _run_starter(arguments) if arguments.network == "starter" else _run_segmentation(arguments)


def _check(arguments: argparse.Namespace) -> None:
    limits = {"iterations": 1, "batch": 1, "validate_every": 1, "threads": 1, "workers": 1, "seed": 0}
    problems = [
        f"--{name.replace('_', '-')} {getattr(arguments, name)}: must be {least} or more"
        for name, least in limits.items()
        if getattr(arguments, name, least) < least
    ]
    if not 0.25 <= getattr(arguments, "width", 1.0) <= 4:
        problems.append(f"--width {arguments.width}: must be 0.25 to 4")
    video = getattr(arguments, "video", None)
    if video is not None and not video.is_file():
        problems.append(f"--video {video}: no such file")
    if problems:
        raise UsageError(*problems)


def _run_segmentation(arguments: argparse.Namespace) -> int:
    from catseye_models.training import loop, segmentation
    from catseye_models.training.data import load_cityscapes

    recipe = segmentation.Recipe(
        iterations=arguments.iterations,
        batch=arguments.batch,
        validate_every=arguments.validate_every,
        width=arguments.width,
        seed=arguments.seed,
    )
    training = segmentation.SegmentationTraining(
        recipe,
        train=load_cityscapes(arguments.data, "train"),
        validation=load_cityscapes(arguments.data, "val"),
        folder=arguments.output,
    )
    started = time.monotonic()
    best = training.run()
    minutes = (time.monotonic() - started) / 60
    print(f"best mean IoU on val {best:.4f} after {minutes:.1f} minutes: {arguments.output / loop.BEST}")
    return 0


def _run_starter(arguments: argparse.Namespace) -> int:
    from catseye_models.training import starter

    measured = starter.make_starter(
        starter.StarterRecipe(),
        work=arguments.work,
        bundle=arguments.output,
        workers=arguments.workers,
        replace=arguments.replace,
        video=arguments.video,
    )
    print(starter.report(measured))
    return 0
