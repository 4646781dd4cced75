"""`catseye-models compose`: a network and its spec become a bundle."""

import argparse
import sys
from pathlib import Path

EXAMPLE = "catseye-models compose --segmentation net.onnx --spec net.json --plans entropy,distance -o my-bundle"


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "compose",
        help="join a segmentation network and plans into one fused graph and write its bundle",
        description="Join a segmentation network and plans into one fused graph and write its bundle.",
        epilog=f"example:\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--segmentation", type=Path, required=True, metavar="ONNX", help="network file")
    parser.add_argument("--spec", type=Path, required=True, metavar="JSON", help="how to feed and read the network")
    parser.add_argument(
        "--plans",
        required=True,
        metavar="LIST",
        help="comma-separated: entropy, distance, msp, max-logit; the first is the default plan",
    )
    parser.add_argument("--frame", type=Path, metavar="PICTURE", help="golden frame (default: a small drawn picture)")
    parser.add_argument("--provenance", type=Path, metavar="JSON", help="data, recipe, measured, operating_points")
    parser.add_argument("--name", help="of the bundle (default: the spec's name)")
    parser.add_argument(
        "--version", dest="bundle_version", default="0.1.0", help="of the bundle (default: %(default)s)"
    )
    parser.add_argument("--modules", action="store_true", help="carry the network file itself, too")
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="BUNDLE", help="folder, or file ending in .zip"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Compose, check, write; print where the bundle lies and its digest."""
    from catseye_models.bundle import check, store
    from catseye_models.bundle.provenance import Provenance
    from catseye_models.compose import golden
    from catseye_models.compose.recipe import compose
    from catseye_models.module import ModuleFile
    from catseye_models.spec import NetworkSpec

    spec = NetworkSpec.read(arguments.spec)
    composed = compose(
        arguments.segmentation,
        spec=spec,
        plan_names=[name.strip() for name in arguments.plans.split(",") if name.strip()],
        name=arguments.name or spec.name,
        version=arguments.bundle_version,
        frame=golden.read_frame(arguments.frame) if arguments.frame else golden.drawn_frame(),
        provenance=Provenance.read(arguments.provenance) if arguments.provenance else Provenance(),
        modules=[ModuleFile.of_segmentation(arguments.segmentation.read_bytes(), spec)] if arguments.modules else (),
    )
    check.require_sound(composed.files)
    store.write(arguments.output, composed.files, replace=arguments.replace)
    for note in composed.notes:
        print(note, file=sys.stderr)
    size = sum(len(data) for data in composed.files.values())
    print(f"{arguments.output}  {size} bytes  digest {store.sha256(composed.files[store.MANIFEST])}")
    return 0
