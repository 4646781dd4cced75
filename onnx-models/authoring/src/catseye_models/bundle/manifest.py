"""The text of `bundle.json`, format 1."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catseye_models.bundle.provenance import UNCALIBRATED, Provenance
from catseye_models.bundle.store import sha256
from catseye_models.spec import OPSET, NetworkSpec

FORMAT = 1
GRAPH = "graphs/fused.onnx"
GOLDEN_FRAME = "golden/frame.png"
GOLDEN_TOLERANCE = {"max_difference": 1, "share": 0.999}
"""A byte may move by one level between runtimes and machines, on nearly every pixel not even that."""
GOLDEN_CLASS_TOLERANCE = {"max_difference": 0, "share": 0.999}


@dataclass(frozen=True, kw_only=True)
class BundleInfo:
    """What a bundle says of itself, beside its graph.

    Attributes:
        name: letters, digits, `_`, `-`, `.`.
        version: of the bundle.
        spec: of the segmentation network.
        plans: (name, formula) in order; the first is the default.
        precision: `fp32` or `fp16`.
        provenance: origin, quality and operating points.
        modules: name -> spec of every network file that the bundle carries.
    """

    name: str
    version: str
    spec: NetworkSpec
    plans: Sequence[tuple[str, str]]
    precision: str
    provenance: Provenance
    modules: Mapping[str, Mapping[str, Any]]


def golden_path(output: str) -> str:
    """Return where the expected answer of a graph output lies."""
    return f"golden/{output}.png"


def module_path(name: str) -> str:
    """Return where a network file lies."""
    return f"modules/{name}.onnx"


def manifest(info: BundleInfo, files: Mapping[str, bytes]) -> bytes:
    """Return `bundle.json` for these files (path -> bytes): the graph, golden frame and answers, modules."""
    names = [name for name, _ in info.plans]
    labels = info.spec.labels
    content = {
        "format": FORMAT,
        "name": info.name,
        "version": info.version,
        "licence": info.spec.licence,
        "label_space": {"name": labels.name, "classes": labels.classes, "drivable": labels.drivable},
        "graphs": [
            {
                **_file(GRAPH, files),
                "opset": OPSET,
                "precision": info.precision,
                "input": {"name": "frames", "dtype": "uint8", "layout": "NHWC", "order": "RGB"},
                "working_size": {"width": info.spec.width, "height": info.spec.height},
                "outputs": _outputs(names),
            }
        ],
        "default_plan": names[0],
        "plans": [_plan(name, formula, info.provenance) for name, formula in info.plans],
        "modules": [
            {"name": name, **_file(module_path(name), files), "spec": spec} for name, spec in info.modules.items()
        ],
        "golden": {
            "frame": _file(GOLDEN_FRAME, files),
            "expected": [_expected(output, files) for output in _golden_outputs(names)],
        },
        "provenance": {
            "data": info.provenance.data,
            "recipe": info.provenance.recipe,
            "source": info.spec.source,
            "measured": info.provenance.measured,
        },
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _golden_outputs(plans: Sequence[str]) -> list[str]:
    return [*(f"{name}.anomaly" for name in plans), "class_map"]


def _file(path: str, files: Mapping[str, bytes]) -> dict[str, object]:
    return {"file": path, "bytes": len(files[path]), "sha256": sha256(files[path])}


def _outputs(plans: Sequence[str]) -> list[dict[str, object]]:
    outputs = []
    for plan in plans:
        outputs.append(_output(f"{plan}.anomaly", "uint8", plan=plan, kind="anomaly", always=True))
        outputs.append(_output(f"{plan}.score", "float32", plan=plan, kind="score", always=False))
    return [*outputs, _output("class_map", "uint8", plan=None, kind="class_map", always=False)]


def _output(name: str, dtype: str, *, plan: str | None, kind: str, always: bool) -> dict[str, object]:
    return {"name": name, "dtype": dtype, "layout": "NHW", "plan": plan, "map": kind, "always": always}


def _plan(name: str, formula: str, provenance: Provenance) -> dict[str, object]:
    points = provenance.operating_points.get(name) or (UNCALIBRATED,)
    return {
        "name": name,
        "graph": GRAPH,
        "output": f"{name}.anomaly",
        "class_map": "class_map",
        "score": formula,
        "operating_points": [point.to_json() for point in points],
    }


def _expected(output: str, files: Mapping[str, bytes]) -> dict[str, object]:
    tolerance = GOLDEN_CLASS_TOLERANCE if output == "class_map" else GOLDEN_TOLERANCE
    return {"output": output, **_file(golden_path(output), files), **tolerance}
