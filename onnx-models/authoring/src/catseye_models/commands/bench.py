"""`catseye-models bench`: the Light pipeline in all its forms, timed against each other."""

import argparse
import json
from pathlib import Path

from catseye_models.errors import UsageError

EXAMPLE = "catseye-models bench light --models synboost"

_DESCRIPTION = """Time SynBoost Light as one fused graph, as a chain of stage graphs, as bare networks with NumPy
between them and, with --models, in eager PyTorch: interleaved in one process, on the CPU, after their scores were found
equal. The bundle must have the plan synboost-light and be written with --modules."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "bench",
        help="time the fused Light pipeline against its unfused forms and PyTorch",
        description=_DESCRIPTION,
        epilog=f"example: {EXAMPLE}",
    )
    parser.add_argument("bundle", type=Path, metavar="BUNDLE", help="folder or zip")
    parser.add_argument(
        "--models", type=Path, metavar="MODELS_DIR", help="checkpoints that it was imported from: adds eager PyTorch"
    )
    parser.add_argument("--frame", type=Path, metavar="PICTURE", help="to be scored (default: the golden frame)")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="of each form (default: %(default)s)")
    parser.add_argument(
        "--threads", type=int, default=2, metavar="N", help="of torch and of ONNX Runtime (default: %(default)s)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Check that the forms agree, time them, print the table."""
    wrong = [
        f"--{name} {value}: not 1 or more"
        for name, value in (("runs", arguments.runs), ("threads", arguments.threads))
        if value < 1
    ]
    if wrong:
        raise UsageError(*wrong)
    from catseye_models.bench import report, timing
    from catseye_models.bench.material import Checkpoints, Material
    from catseye_models.compose import golden
    from catseye_models.pictures import decode
    from catseye_models.progress import StageBar

    checkpoints = Checkpoints.find(arguments.models) if arguments.models else None
    material = Material.read(arguments.bundle)
    if arguments.frame:
        frame = golden.read_frame(arguments.frame)
    else:
        frame = decode(material.frame, name="the golden frame", mode="RGB")
    makers = material.makers(threads=arguments.threads)
    if checkpoints:
        makers.append(checkpoints.maker(material, threads=arguments.threads))
    height, width = frame.shape[:2]
    setting = report.Setting(bundle=material.title, frame=(width, height), threads=arguments.threads)
    with StageBar(len(makers) + arguments.runs, quiet=arguments.quiet) as bar:
        timed = timing.measure(makers, frame, runs=arguments.runs, progress=bar.begin)
    told = report.report(timed, setting)
    if arguments.json:
        arguments.json.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    print("\n".join(report.lines(told)))
    return 0
