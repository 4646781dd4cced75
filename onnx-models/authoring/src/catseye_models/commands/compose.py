"""`catseye-models compose`: networks and plans become a bundle."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from catseye_models.errors import UsageError

if TYPE_CHECKING:
    from catseye_models.bundle.provenance import Provenance
    from catseye_models.compose.networks import Networks

EXAMPLE = "catseye-models compose --segmentation net.onnx --spec net.json --plans entropy,distance -o my-bundle"

PLANS = "entropy, distance, msp, max-logit, synboost-light, synboost-e2e, resynthesis, external"


def add_parser(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the parser of this verb."""
    parser = verbs.add_parser(
        "compose",
        help="join networks and plans into one fused graph and write its bundle",
        description="Join networks and plans into one fused graph and write its bundle.",
        epilog=f"example:\n  {EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--segmentation", type=Path, metavar="ONNX", help="segmentation network, goes with --spec")
    parser.add_argument("--anomaly", type=Path, metavar="ONNX", help="whole anomaly network, for the plan external")
    parser.add_argument("--spec", type=Path, metavar="JSON", help="how to feed and read the network")
    parser.add_argument("--anomaly-spec", type=Path, metavar="JSON", help="that of --anomaly, where both are given")
    parser.add_argument(
        "--from",
        dest="source",
        type=Path,
        metavar="BUNDLE",
        help="take the networks that a bundle carries; --segmentation takes the place of its segmentation",
    )
    parser.add_argument(
        "--plans", required=True, metavar="LIST", help=f"comma-separated, the first is the default plan: {PLANS}"
    )
    parser.add_argument("--weights", type=Path, metavar="JSON", help="weights of the maps that a plan mixes")
    parser.add_argument("--frame", type=Path, metavar="PICTURE", help="golden frame (default: a small drawn picture)")
    parser.add_argument("--provenance", type=Path, metavar="JSON", help="data, recipe, measured, operating_points")
    parser.add_argument("--name", help="of the bundle (default: the name in the spec)")
    parser.add_argument(
        "--version", dest="bundle_version", default="0.1.0", help="of the bundle (default: %(default)s)"
    )
    parser.add_argument("--modules", action="store_true", help="carry the network files, too")
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="BUNDLE", help="folder, or file ending in .zip"
    )
    return parser


def run(arguments: argparse.Namespace) -> int:
    """Compose, check, write; print where the bundle lies and its digest."""
    from catseye_models.bundle import check, store
    from catseye_models.compose import golden, weights
    from catseye_models.compose.recipe import compose

    networks = _networks(arguments)
    first = next(iter(networks.roles.values()))
    composed = compose(
        networks,
        plan_names=[name.strip() for name in arguments.plans.split(",") if name.strip()],
        weights=weights.read(arguments.weights) if arguments.weights else weights.PUBLISHED,
        name=arguments.name or first.spec.name,
        version=arguments.bundle_version,
        frame=golden.read_frame(arguments.frame) if arguments.frame else golden.drawn_frame(),
        provenance=_provenance(arguments),
        carry_modules=arguments.modules,
    )
    check.require_sound(composed.files)
    store.write(arguments.output, composed.files, replace=arguments.replace)
    for note in composed.notes:
        print(note, file=sys.stderr)
    size = sum(len(data) for data in composed.files.values())
    print(f"{arguments.output}  {size} bytes  digest {store.sha256(composed.files[store.MANIFEST])}")
    return 0


def _networks(arguments: argparse.Namespace) -> "Networks":
    """Return the networks that the arguments name; raise `UsageError` for specs without networks and the reverse."""
    from catseye_models.anomaly_spec import AnomalySpec
    from catseye_models.compose import sources
    from catseye_models.compose.networks import Networks
    from catseye_models.spec import NetworkSpec

    spec, anomaly_spec = arguments.spec, arguments.anomaly_spec
    if arguments.anomaly and not arguments.segmentation and spec and not anomaly_spec:
        spec, anomaly_spec = None, spec
    pairs = (
        ("--segmentation", arguments.segmentation, "--spec", spec),
        ("--anomaly", arguments.anomaly, "--anomaly-spec", anomaly_spec),
    )
    problems = [f"{option} {path}: needs {other}" for option, path, other, file in pairs if path and not file]
    problems += [f"{other} {file}: needs {option}" for option, path, other, file in pairs if file and not path]
    if not (arguments.segmentation or arguments.anomaly or arguments.source):
        problems.append("no network: name one with --segmentation, --anomaly or --from")
    if problems:
        raise UsageError(*problems)
    networks = sources.carried(arguments.source) if arguments.source else Networks()
    if spec:
        segmentation = sources.segmentation(arguments.segmentation, NetworkSpec.read(spec))
        networks = dataclasses.replace(networks, segmentation=segmentation)
    if anomaly_spec:
        anomaly = sources.anomaly(arguments.anomaly, AnomalySpec.read(anomaly_spec))
        networks = dataclasses.replace(networks, anomaly=anomaly)
    return networks


def _provenance(arguments: argparse.Namespace) -> "Provenance":
    """Return what `--provenance` says, otherwise where the networks of `--from` come from."""
    from catseye_models.bundle.provenance import Provenance
    from catseye_models.compose import sources

    if arguments.provenance:
        return Provenance.read(arguments.provenance)
    return sources.provenance(arguments.source) if arguments.source else Provenance()
