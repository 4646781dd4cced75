"""`catseye-models export`: a trained checkpoint becomes an ONNX file and its spec."""

import argparse
from pathlib import Path

from catseye_models.errors import UsageError

EXAMPLE = "catseye-models export segmentation run/best.pt --data drawn -o exported"


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "export",
        help="export a trained network to ONNX, verified against torch",
        description="Write segmentation.onnx and segmentation.json, ready for `compose`; nothing if torch disagrees.",
        epilog=f"example: {EXAMPLE}",
    )
    parser.add_argument("network", choices=("segmentation",))
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT", help="best.pt of `train`")
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DIR",
        help="Cityscapes tree; val gives size and logit range",
    )
    parser.add_argument(
        "--temperature", type=float, default=1.0, metavar="T", help="divides all logits (default: %(default)s)"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Export."""
    if not 0.01 <= arguments.temperature <= 100:
        raise UsageError(f"--temperature {arguments.temperature}: must be 0.01 to 100")
    try:
        from catseye_models.export import export_segmentation
    except ModuleNotFoundError as missing:
        raise UsageError(f"exporting needs {missing.name}; install catseye-models with the extra 'train'") from missing
    from catseye_models.training.data import load_cityscapes

    validation = load_cityscapes(arguments.data, "val")
    difference = export_segmentation(
        arguments.checkpoint, validation=validation, folder=arguments.output, temperature=arguments.temperature
    )
    print(f"{arguments.output / 'segmentation.onnx'}: logits differ from torch by {difference:.1e} at most")
    return 0
