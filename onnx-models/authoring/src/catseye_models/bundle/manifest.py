"""The text of `bundle.json`, format 1."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catseye_models.bundle.outputs import GraphOutput, StageInfo
from catseye_models.bundle.provenance import UNCALIBRATED, Provenance
from catseye_models.bundle.stages import FRAMES
from catseye_models.bundle.store import sha256
from catseye_models.labels import LabelSpace
from catseye_models.spec import OPSET

FORMAT = 1
GRAPH = "graphs/fused.onnx"
GOLDEN_FRAME = "golden/frame.png"
GOLDEN_TOLERANCE = {"max_difference": 1, "share": 0.999}
"""A byte may move by one level between runtimes and machines, on nearly every pixel not even that."""
GOLDEN_CLASS_TOLERANCE = {"max_difference": 0, "share": 0.999}


@dataclass(frozen=True, kw_only=True)
class PlanInfo:
    """What a bundle says of a plan.

    Attributes:
        name: of the plan.
        formula: its score.
        class_map: output that shows the classes at the size of its map; None when there is none.
    """

    name: str
    formula: str
    class_map: str | None


@dataclass(frozen=True, kw_only=True)
class BundleInfo:
    """What a bundle says of itself, beside its graph.

    Attributes:
        name: letters, digits, `_`, `-`, `.`.
        version: of the bundle.
        labels: what the trainIds mean.
        licence: of the weights.
        source: where they come from.
        plans: in order; the first is the default.
        outputs: of the graph.
        precision: `fp32`, `fp16` or `int8`.
        difference: of a variant of an fp32 graph, how far its maps are from those; None where nothing was measured.
        provenance: quality, data and operating points.
        modules: name -> spec of every network file that the bundle carries.
        stages: those that it carries, in the order in which they run.
    """

    name: str
    version: str
    labels: LabelSpace
    licence: str
    source: str
    plans: Sequence[PlanInfo]
    outputs: Sequence[GraphOutput]
    precision: str
    provenance: Provenance
    modules: Mapping[str, Mapping[str, Any]]
    difference: Mapping[str, object] | None = None
    stages: Sequence[StageInfo] = ()

    @property
    def working_size(self) -> tuple[int, int]:
        """Width and height of the default plan's map, px."""
        first = next(output for output in self.outputs if output.plan == self.plans[0].name)
        return first.width, first.height

    @property
    def golden_outputs(self) -> list[str]:
        """Outputs whose answer to the golden frame the bundle keeps: anomaly and class maps, all of them uint8."""
        return [output.name for output in self.outputs if output.kind in ("anomaly", "class_map")]


def golden_path(output: str) -> str:
    """Return where the expected answer of a graph output lies."""
    return f"golden/{output}.png"


def module_path(name: str) -> str:
    """Return where a network file lies."""
    return f"modules/{name}.onnx"


def stage_path(name: str) -> str:
    """Return where a stage graph lies."""
    return f"stages/{name}.onnx"


def manifest(info: BundleInfo, files: Mapping[str, bytes]) -> bytes:
    """Return `bundle.json` for these files (path -> bytes): the graph, golden frame and answers, modules, stages."""
    width, height = info.working_size
    content = {
        "format": FORMAT,
        "name": info.name,
        "version": info.version,
        "licence": info.licence,
        "label_space": {"name": info.labels.name, "classes": info.labels.classes, "drivable": info.labels.drivable},
        "graphs": [
            {
                **_file(GRAPH, files),
                "opset": OPSET,
                "precision": info.precision,
                **({} if info.difference is None else {"difference": info.difference}),
                "input": {"name": "frames", "dtype": "uint8", "layout": "NHWC", "order": "RGB"},
                "working_size": {"width": width, "height": height},
                "outputs": [output.to_json(working_size=(width, height)) for output in info.outputs],
            }
        ],
        "default_plan": info.plans[0].name,
        "plans": [_plan(plan, info.provenance) for plan in info.plans],
        "modules": [
            {"name": name, **_file(module_path(name), files), "spec": spec} for name, spec in info.modules.items()
        ],
        **({"stages": _stages(info.stages, files)} if info.stages else {}),
        "golden": {
            "frame": _file(GOLDEN_FRAME, files),
            "expected": [_expected(output, info, files) for output in info.golden_outputs],
        },
        "provenance": {
            "data": info.provenance.data,
            "recipe": info.provenance.recipe,
            "source": info.source,
            "measured": info.provenance.measured,
        },
    }
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _file(path: str, files: Mapping[str, bytes]) -> dict[str, object]:
    return {"file": path, "bytes": len(files[path]), "sha256": sha256(files[path])}


def _stages(stages: Sequence[StageInfo], files: Mapping[str, bytes]) -> list[dict[str, object]]:
    there = {FRAMES["name"]: FRAMES, **{one.name: one.between_stages() for stage in stages for one in stage.outputs}}
    return [
        {
            "name": stage.name,
            **_file(stage_path(stage.name), files),
            "inputs": [there[name] for name in stage.inputs],
            "outputs": [there[output.name] for output in stage.outputs],
        }
        for stage in stages
    ]


def _plan(plan: PlanInfo, provenance: Provenance) -> dict[str, object]:
    points = provenance.operating_points.get(plan.name) or (UNCALIBRATED,)
    return {
        "name": plan.name,
        "graph": GRAPH,
        "output": f"{plan.name}.anomaly",
        "class_map": plan.class_map,
        "score": plan.formula,
        "operating_points": [point.to_json() for point in points],
    }


def _expected(name: str, info: BundleInfo, files: Mapping[str, bytes]) -> dict[str, object]:
    (output,) = (output for output in info.outputs if output.name == name)
    tolerance = GOLDEN_CLASS_TOLERANCE if output.kind == "class_map" else GOLDEN_TOLERANCE
    return {"output": name, **_file(golden_path(name), files), **tolerance}
