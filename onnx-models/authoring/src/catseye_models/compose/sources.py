"""Where networks come from: files with their specs, and bundles that carry them."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import onnx
from google.protobuf.message import DecodeError

from catseye_models.anomaly_spec import AnomalySpec
from catseye_models.bundle import store
from catseye_models.bundle.provenance import UNCALIBRATED, OperatingPoint, Provenance
from catseye_models.compose import network
from catseye_models.compose.networks import EXTERNAL, SEGMENTATION, Network, Networks
from catseye_models.errors import ModelError, UsageError
from catseye_models.module import ModuleSpec
from catseye_models.spec import NetworkSpec


def segmentation(path: Path, spec: NetworkSpec) -> Network[NetworkSpec]:
    """Return a segmentation network out of its ONNX file."""
    return Network(file=path.name, model=network.load(path), spec=spec)


def anomaly(path: Path, spec: AnomalySpec) -> Network[AnomalySpec]:
    """Return an anomaly network out of its ONNX file."""
    return Network(file=path.name, model=network.load(path), spec=spec)


def carried(bundle: Path) -> Networks:
    """Return the networks that a bundle carries; raise `ModelError` when there are none, or one is not as it says."""
    files = store.read(bundle)
    try:
        entries = _manifest(files[store.MANIFEST])["modules"]
        roles = {entry["name"]: (entry["file"], entry["sha256"], entry["spec"]) for entry in entries}
    except (KeyError, TypeError, ValueError):
        raise ModelError(f"{bundle}: no bundle whose modules have specs") from None
    if not roles:
        raise ModelError(
            f"{bundle}: carries no networks, it was written without --modules; "
            "write it again with --modules, or name the network with --segmentation and --spec"
        )
    changed = [path for path, digest, _ in roles.values() if store.sha256(files.get(path, b"")) != digest]
    if changed:
        raise ModelError(*(f"{bundle}: {path} is missing or not the one that bundle.json means" for path in changed))
    return _networks({role: (path, files[path], spec) for role, (path, _, spec) in roles.items()})


def provenance(bundle: Path) -> Provenance:
    """Return data and recipe of a bundle's networks; what was measured belongs to the bundle itself."""
    told = _manifest(store.read_manifest(bundle)).get("provenance", {})
    return Provenance(data=str(told.get("data", "not stated")), recipe=str(told.get("recipe", "not stated")))


def plan_names(bundle: Path) -> list[str]:
    """Return the names of a bundle's plans, the default one first."""
    told = _manifest(store.read_manifest(bundle))
    names = [str(plan["name"]) for plan in told["plans"]]
    return sorted(names, key=lambda name: name != told["default_plan"])


def operating_points(bundle: Path, *, precision: str) -> dict[str, tuple[OperatingPoint, ...]]:
    """Return a bundle's operating points by plan, said to be measured before the networks were narrowed."""
    return {
        plan["name"]: tuple(
            point if point == UNCALIBRATED else replace(point, source=f"{point.source}; before {precision}")
            for point in (OperatingPoint(**entry) for entry in plan["operating_points"])
        )
        for plan in _manifest(store.read_manifest(bundle))["plans"]
    }


def _manifest(data: bytes) -> dict[str, Any]:
    return dict(json.loads(data))


def _networks(roles: Mapping[str, tuple[str, bytes, Any]]) -> Networks:
    segmentation_network, anomaly_network = None, None
    modules = {}
    problems: list[str] = []
    for role, (path, data, values) in roles.items():
        try:
            model = onnx.load_model_from_string(data)
            if role == SEGMENTATION:
                spec = NetworkSpec.parse(values, where=path)
                segmentation_network = Network(file=path, model=model, spec=spec)
            elif role == EXTERNAL:
                anomaly_network = Network(file=path, model=model, spec=AnomalySpec.parse(values, where=path))
            else:
                modules[role] = Network(file=path, model=model, spec=ModuleSpec.parse(values, where=path))
        except DecodeError:
            problems.append(f"{path}: not an ONNX file")
        except UsageError as mistake:
            problems += mistake.problems
    if problems:
        raise ModelError(*problems)
    return Networks(segmentation=segmentation_network, modules=modules, anomaly=anomaly_network)
