"""`catseye-models train`: train a network of ours from drawn scenes."""

import argparse
import time
from pathlib import Path

from catseye_models.errors import UsageError

_EPILOG = """examples:
  catseye-models draw cityscapes --drives 900 --frames 2 --seed 1 -o drawn
  catseye-models draw cityscapes --drives 60 --frames 2 --seed 1 --split val -o drawn
  catseye-models train segmentation --data drawn -o run

Interrupted, the same command goes on from the last checkpoint. The folder then holds best.pt (best mean IoU on the
val split), last.pt and metrics.jsonl.
"""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the verb."""
    parser = verbs.add_parser(
        "train",
        help="train a network from drawn scenes",
        description="Train a network on the train split of a Cityscapes tree, choosing by its val split.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("network", choices=("segmentation",))
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="tree in Cityscapes layout")
    parser.add_argument("--iterations", type=int, default=3000, metavar="N", help="default: 3000")
    parser.add_argument("--batch", type=int, default=8, metavar="N", help="frames of an iteration (default: 8)")
    parser.add_argument("--validate-every", type=int, default=300, metavar="N", help="iterations (default: 300)")
    parser.add_argument("--width", type=float, default=1.0, help="factor on all channels (default: 1.0)")
    parser.add_argument("--seed", type=int, default=11, help="default: 11")
    parser.add_argument("--threads", type=int, default=1, help="of torch (default: 1)")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Train."""
    numbers = ("iterations", "batch", "validate_every", "threads")
    problems = [
        f"--{name.replace('_', '-')} {getattr(arguments, name)}: must be 1 or more"
        for name in numbers
        if getattr(arguments, name) < 1
    ]
    if not 0.25 <= arguments.width <= 4:
        problems.append(f"--width {arguments.width}: must be 0.25 to 4")
    if problems:
        raise UsageError(*problems)
    try:
        import torch

        from catseye_models.training import segmentation
    except ModuleNotFoundError as missing:
        raise UsageError(f"training needs {missing.name}; install catseye-models with the extra 'train'") from missing
    from catseye_models.training.data import load_cityscapes

    torch.set_num_threads(arguments.threads)
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
    print(f"best mean IoU on val {best:.4f} after {minutes:.1f} minutes: {arguments.output / segmentation.BEST}")
    return 0
