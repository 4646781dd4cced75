"""`catseye-models compose`: networks and plans become a bundle."""

import argparse
import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from catseye_models.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catseye_models.bundle.provenance import Provenance
    from catseye_models.compose.networks import Networks
    from catseye_models.compose.weights import Weights
    from catseye_models.precision.variant import Variant

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
        "--plans",
        metavar="LIST",
        help=f"comma-separated, the first is the default plan: {PLANS} (default: those of --from)",
    )
    parser.add_argument("--weights", type=Path, metavar="JSON", help="weights of the maps that a plan mixes")
    _add_precision(parser)
    parser.add_argument("--frame", type=Path, metavar="PICTURE", help="golden frame (default: a small drawn picture)")
    parser.add_argument("--provenance", type=Path, metavar="JSON", help="data, recipe, measured, operating_points")
    parser.add_argument("--name", help="of the bundle (default: the name in the spec)")
    parser.add_argument(
        "--version", dest="bundle_version", default="0.1.0", help="of the bundle (default: %(default)s)"
    )
    parser.add_argument("--modules", action="store_true", help="carry the networks and the stages of the graph, too")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument("--replace", action="store_true", help="put the bundle in the place of an older one")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="BUNDLE", help="folder, or file ending in .zip"
    )
    return parser


def _add_precision(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group(
        "narrower arithmetic", "a variant whose anomaly maps differ too much from those of fp32 is not written"
    )
    group.add_argument(
        "--precision", choices=("fp32", "fp16", "int8"), default="fp32", help="of the networks (default: %(default)s)"
    )
    group.add_argument("--pictures", type=Path, metavar="DIR", help="pictures on which the difference is measured")
    group.add_argument(
        "--calibration", type=Path, metavar="DIR", help="of int8: other pictures, for the ranges of its values"
    )


def run(arguments: argparse.Namespace) -> int:
    """Compose, check, write; print where the bundle lies and its digest."""
    from catseye_models.bundle import check, store
    from catseye_models.compose import golden, weights
    from catseye_models.compose.recipe import compose

    store.refuse_existing(arguments.output, replace=arguments.replace)
    networks = _networks(arguments)
    plan_names = _plan_names(arguments)
    mixes = weights.read(arguments.weights) if arguments.weights else weights.PUBLISHED
    variant = _variant(arguments, networks, plan_names=plan_names, mixes=mixes)
    composed = compose(
        variant.networks if variant else networks,
        plan_names=plan_names,
        weights=mixes,
        name=_name(arguments, networks),
        version=arguments.bundle_version,
        frame=golden.read_frame(arguments.frame) if arguments.frame else golden.drawn_frame(),
        provenance=_provenance(arguments, plan_names),
        carry_modules=arguments.modules,
        difference=variant.statement if variant else None,
    )
    check.require_sound(composed.files)
    store.write(arguments.output, composed.files, replace=arguments.replace)
    for note in (*(variant.notes if variant else ()), *composed.notes):
        print(note, file=sys.stderr)
    for line in variant.differences if variant else ():
        print(line)
    size = sum(len(data) for data in composed.files.values())
    print(f"{arguments.output}  {size} bytes  digest {store.sha256(composed.files[store.MANIFEST])}")
    return 0


def _plan_names(arguments: argparse.Namespace) -> list[str]:
    from catseye_models.compose import sources

    if arguments.plans is None and arguments.source is None:
        raise UsageError("no plan named: --plans LIST")
    if arguments.plans is None:
        return sources.plan_names(arguments.source)
    return [name.strip() for name in arguments.plans.split(",") if name.strip()]


def _name(arguments: argparse.Namespace, networks: "Networks") -> str:
    """Return the name of the bundle; that of a variant ends in its precision unless the user says otherwise."""
    name = arguments.name or next(iter(networks.roles.values())).spec.name
    return name if arguments.name or arguments.precision == "fp32" else f"{name}-{arguments.precision}"


def _variant(
    arguments: argparse.Namespace, networks: "Networks", *, plan_names: list[str], mixes: "Mapping[str, Weights]"
) -> "Variant | None":
    """Return the networks in the precision that is asked for, None when that is fp32."""
    if arguments.precision == "fp32":
        if arguments.pictures or arguments.calibration:
            raise UsageError("--pictures and --calibration go with --precision fp16 or int8")
        return None
    if not arguments.pictures:
        raise UsageError(f"--precision {arguments.precision}: needs --pictures, on which the difference is measured")
    if bool(arguments.calibration) != (arguments.precision == "int8"):
        raise UsageError("--calibration goes with --precision int8, which needs it: pictures other than --pictures")
    from catseye_models.precision import variant
    from catseye_models.precision.difference import PictureSet
    from catseye_models.progress import StageBar

    request = variant.Request(
        plan_names=plan_names,
        weights=mixes,
        precision=arguments.precision,
        pictures=PictureSet.of(arguments.pictures),
        calibration=PictureSet.of(arguments.calibration) if arguments.calibration else None,
    )
    with StageBar(None, quiet=arguments.quiet) as bar:
        return variant.make(networks, request, progress=bar.begin)


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


def _provenance(arguments: argparse.Namespace, plan_names: list[str]) -> "Provenance":
    """Return what `--provenance` says, otherwise where the networks of `--from` come from.

    A variant of a bundle keeps the bundle's thresholds: within its bound they still mean the same.
    """
    from catseye_models.bundle.provenance import Provenance
    from catseye_models.compose import sources

    if arguments.provenance:
        return Provenance.read(arguments.provenance)
    if not arguments.source:
        return Provenance()
    told = sources.provenance(arguments.source)
    same = arguments.precision != "fp32" and not (arguments.segmentation or arguments.weights)
    if not same:
        return told
    points = sources.operating_points(arguments.source, precision=arguments.precision)
    return dataclasses.replace(told, operating_points={plan: points[plan] for plan in plan_names if plan in points})
