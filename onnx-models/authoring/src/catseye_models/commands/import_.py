"""`catseye-models import`: released checkpoints become a bundle."""

import argparse
from pathlib import Path

from catseye_models.errors import UsageError

EXAMPLE = "catseye-models import synboost-light synboost -o light"

CHECKPOINTS = {
    "segmentation": "ICNet",
    "synthesis": "the SPADE generator",
    "vgg": "VGG19 in torchvision's naming",
    "dissimilarity": "the light dissimilarity network",
    "comparator": "Image Resynthesis++'s dissimilarity network",
}
"""Option -> what the file holds, where the user names one."""

_DESCRIPTION = """Check every entry of the released checkpoints, export each network to ONNX, verify it against torch,
and compose the bundle. Takes minutes; reads nothing from the network. Nothing is written unless everything fits."""


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "import",
        help="turn the released checkpoints of a published system into a bundle",
        description=_DESCRIPTION,
        epilog=f"example: {EXAMPLE}",
    )
    parser.add_argument("system", choices=("synboost-light",))
    parser.add_argument(
        "models", type=Path, metavar="MODELS_DIR", help="holds models/ and the VGG19 file, or is models/ itself"
    )
    for option, content in CHECKPOINTS.items():
        parser.add_argument(f"--{option}", type=Path, metavar="FILE", help=f"checkpoint of {content}, if not found")
    parser.add_argument(
        "--plans",
        default="synboost-light,entropy,distance,msp",
        metavar="LIST",
        help="comma-separated, the first is the default plan (default: %(default)s)",
    )
    parser.add_argument(
        "--weights", type=Path, metavar="JSON", help="weights of the mixed maps (default: the published)"
    )
    parser.add_argument("--modules", action="store_true", help="carry networks and stages, for parity and timing")
    parser.add_argument("--name", default="synboost-light", help="of the bundle (default: %(default)s)")
    parser.add_argument(
        "--version", dest="bundle_version", default="0.1.0", help="of the bundle (default: %(default)s)"
    )
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="BUNDLE", help="folder, or file ending in .zip"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Import, compose, check, write; print what was verified and where the bundle lies."""
    try:
        import torch  # noqa: F401
    except ModuleNotFoundError:
        raise UsageError("importing needs torch; install catseye-models with the extra 'train'") from None
    from catseye_models.bundle import check, store
    from catseye_models.compose import plans, weights
    from catseye_models.progress import StageBar
    from catseye_models.released import light
    from catseye_models.released.bundle import bundle_of
    from catseye_models.released.modules import STAGES_PER_FILE, export_all

    store.refuse_existing(arguments.output, replace=arguments.replace)
    plan_names = [name.strip() for name in arguments.plans.split(",") if name.strip()]
    release = light.release()
    chosen = {option: getattr(arguments, option) for option in CHECKPOINTS if getattr(arguments, option) is not None}
    files = release.find(arguments.models, chosen=chosen)
    mixes = weights.read(arguments.weights) if arguments.weights else weights.PUBLISHED
    roles = {file.spec.name for file, _ in files}
    plans.choose(plan_names, plans.Offer(segmentation=release.segmentation, networks=roles, weights=mixes))
    with StageBar(STAGES_PER_FILE * len(files) + 3, quiet=arguments.quiet) as bar:
        exported = export_all(files, progress=bar.begin)
        bar.begin("composing the graph")
        composed = bundle_of(
            exported,
            spec=release.segmentation,
            plan_names=plan_names,
            weights=mixes,
            name=arguments.name,
            version=arguments.bundle_version,
            carry_modules=arguments.modules,
        )
        bar.begin("checking the bundle")
        check.require_sound(composed.files)
        bar.begin("writing the bundle")
        store.write(arguments.output, composed.files, replace=arguments.replace)
    for module in exported:
        print(f"{module.spec.name}: {module.origin}; differs from torch by {module.difference:.1e} at most")
    size = sum(len(data) for data in composed.files.values())
    print(f"{arguments.output}  {size} bytes  digest {store.sha256(composed.files[store.MANIFEST])}")
    return 0
